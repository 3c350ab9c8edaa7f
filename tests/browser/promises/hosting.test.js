// A host moderates from the page; whoever is blocked is gone for the one who blocked.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { city } from '../harness/city.js';

const town = city('no-gpu');

town.promise('a host by invitation announces, mutes, closes the chat and bans, by buttons', async (scene) => {
  const link = await scene.relay.invite('host', 'downtown');
  const host = await scene.guest('Hana', { path: link });
  assert.ok(!host.page.url().includes('invite'), 'the invitation has left the address bar');
  const jun = await scene.guest('Jun', { language: 'ko' });
  await host.sees('Jun');

  const panel = await host.openPanel('host');
  await panel.getByRole('textbox', { name: host.text('host-announce') }).fill('The parade begins at noon');
  await panel.getByRole('button', { name: host.text('host-announce-send') }).click();
  const announcement = jun.page.getByTestId('announcement');
  await announcement.getByText('The parade begins at noon').waitFor();
  await announcement.getByText(jun.text('role-host')).waitFor();
  await jun.page.getByTestId('live').getByText('The parade begins at noon').waitFor({ state: 'attached' });
  await announcement.getByRole('button', { name: jun.text('announcement-close') }).click();
  await announcement.waitFor({ state: 'detached' });

  // The choice stands once the relay has taken it, so it is clicked, and what comes of it is awaited.
  await panel.getByRole('radio', { name: host.text('chat-closed'), exact: true }).click();
  await jun.page.getByTestId('notice').getByText(jun.text('notice-chat-closed')).waitFor();
  await panel.getByRole('radio', { name: host.text('chat-open'), exact: true }).click();
  await jun.page.getByTestId('notice').getByText(jun.text('notice-chat-open')).waitFor();
  await panel.getByRole('radio', { name: host.text('chat-open'), exact: true, checked: true }).waitFor();

  const around = await host.openPanel('around');
  await around.getByRole('button', { name: host.text('person-more-about', { name: 'Jun' }) }).click();
  const person = around.getByTestId('person');
  await person.getByRole('button', { name: host.text('person-mute', { time: '10 minutes' }) }).click();
  await jun.page.getByTestId('notice').getByText(jun.text('notice-muted', { minutes: 10 })).waitFor();
  await host.page.getByTestId('notice').getByText(host.text('notice-done')).waitFor();
  await axeFindsNothing(host.page);

  await person.getByRole('button', { name: host.text('person-ban', { time: 'one hour' }) }).click();
  await jun.until('is out', (state) => state.connection === 'close-banned');
  await host.openPanel('host');
  await axeFindsNothing(host.page);
  await panel.getByTestId('banned-list').getByText('Jun').waitFor();
  await panel.getByTestId('banned-list').getByRole('button').click();
  await jun.page.getByRole('button', { name: jun.text('connection-retry') }).click();
  await jun.isIn();
});

town.promise('the word for a role stands beside the name, and a visitor without one has no levers', async (scene) => {
  const host = await scene.guest('Hana', { path: await scene.relay.invite('helper', 'downtown') });
  const jun = await scene.guest('Jun');
  await jun.sees('Hana');
  const around = await jun.openPanel('around');
  await around.getByTestId('people-list').getByText(jun.text('role-helper')).waitFor();
  assert.equal(await jun.page.getByTestId('host').count(), 0);
  assert.equal(await host.page.getByTestId('host').count(), 0);
});

town.promise('whoever is blocked is neither seen nor heard, also after a reload, until unblocked', async (scene) => {
  const jun = await scene.guest('Jun');
  const eve = await scene.guest('Eve');
  await jun.sees('Eve');
  const around = await jun.openPanel('around');
  await around.getByRole('button', { name: jun.text('person-more-about', { name: 'Eve' }) }).click();
  await around.getByRole('button', { name: jun.text('person-block') }).click();
  const noEve = (state) => !state.figures.some((figure) => figure.name === 'Eve');
  await jun.until('does not see Eve', noEve);
  await eve.say('noise', 'place');
  await eve.hears('Eve', 'noise');
  await jun.say('after the noise', 'place');
  await jun.hears('Jun', 'after the noise');
  const talk = await jun.openPanel('talk');
  assert.equal(await talk.getByText('noise', { exact: true }).count(), 0);
  await jun.page.reload();
  await jun.enterButton.click();
  await jun.isIn();
  await jun.until('does not see Eve', noEve);
  await jun.openPanel('around');
  await around.getByTestId('blocked-list').getByRole('button').click();
  await jun.sees('Eve');
});

town.promise('whoever reports someone is told what happens next, and whoever is reported notices nothing', async (scene) => {
  const jun = await scene.guest('Jun');
  const ivy = await scene.guest('Ivy');
  await jun.sees('Ivy');
  await ivy.say('noise', 'place');
  await jun.hears('Ivy', 'noise');
  const around = await jun.openPanel('around');
  await around.getByRole('button', { name: jun.text('person-more-about', { name: 'Ivy' }) }).click();
  await axeFindsNothing(jun.page);
  await around.getByRole('button', { name: jun.text('person-report'), exact: true }).click();
  await jun.page.getByTestId('notice').getByText(jun.text('notice-reported'), { exact: true }).waitFor();
  await jun.page.getByTestId('live').getByText(jun.text('notice-reported'), { exact: true }).waitFor({ state: 'attached' });
  assert.equal(await ivy.page.getByTestId('notice').count(), 0);
});

town.promise('whoever takes the name of an official gets another one, and is told so', async (scene) => {
  const eve = await scene.visitor('City Official');
  await eve.enter();
  await eve.page.getByTestId('notice').getByText(eve.text('notice-name-refused'), { exact: true }).waitFor();
  const { me } = await eve.state();
  assert.doesNotMatch(me.name ?? '', /official/i);
});

async function axeFindsNothing(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
  assert.deepEqual(found, []);
}
