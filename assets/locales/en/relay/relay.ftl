# Plain pages.
pages-label = About this city
pages-back = To the city
pages-contact = Please write to { $contact }.
pages-no-contact = Please turn to whoever gave you the address of this city, or ask someone with “Helper” or “Host” beside the name.

# Offered by the page itself when another version has come.
version-ready = A new version is ready.
version-reload = Load it now
version-later = Later
