# Roles, as they stand beside names.
role-helper = Helper
role-host = Host
role-official = City official
notice-role-helper = You are a helper here: people can ask you.
notice-role-host = You are a host here. “Host” below and “More” beside each name hold what you can do.
notice-role-official = You are here for the city. “Host” below and “More” beside each name hold what you can do.
notice-role-over = Your time as a host or helper is over. Thank you.
notice-invitation-invalid = This invitation is not valid here. Please ask for a new link.
notice-invitation-over = This invitation’s time is over. Please ask for a new link.
notice-invitation-elsewhere = This invitation is for another place.

# Announcements.
announcement-label = Announcement
announcement-from = { $role } { $name }
announcement-said = Announcement from { $role } { $name }: { $text }
announcement-close = Close the announcement

# What one can do about someone.
notice-blocked = Blocked. You neither see nor hear this person any more.
notice-unblocked = Unblocked.
notice-blocked-enough = You cannot block more people. Please ask a host for help.
notice-reported = Thank you. Your report is kept for those who run this city, who will read it. Nobody is told that it was you.
notice-not-reported = Your report could not be kept. Please ask a host or helper for help.
notice-reported-enough = You have reported several people in a short time. Please wait a little, or ask a host.
notice-name-refused = That name cannot be taken here, so you have another one. Please choose a different name.
notice-line-refused = That was not passed on: there is a word in it that is not wanted here. Please say it differently.

# For hosts.
dock-host = Host
notice-done = Done.
notice-not-a-host = Only hosts can do that.
notice-protected = You cannot do that to a host or an official.
notice-not-here = That person is not here any more.

# What hosts did, for whom it concerns.
notice-muted = { $minutes ->
    [one] A host has muted you for one more minute. What you say is not passed on.
   *[other] A host has muted you for { $minutes } more minutes. What you say is not passed on.
}
notice-unmuted = You may speak again.
notice-chat-open = The chat is open to everyone again.
notice-chat-slow = The chat is slow now: one line in 15 seconds each.
notice-chat-closed = The chat is closed for now. Hosts and helpers can still speak.
close-removed = A host has ended your visit. You may come back if you respect the others.
