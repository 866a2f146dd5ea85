import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import {
  approve,
  goTo,
  openReview,
  outcomeOf,
  pressSave,
  requestChanges,
  saveWithout,
  sendGoal,
  startPlan,
} from '../fixtures/screens.ts';

const EUROS = 'Print the price in euros on a ticket';
const RETURN = 'Print return tickets, too';
const CHILDREN = 'Sell tickets for children';

test('a person runs the whole demonstration by mouse', async ({ page }) => {
  const steps = page.getByRole('region', { name: 'Steps of the demonstration' });
  const nodeOf = (title: string) =>
    page.getByRole('application').getByRole('group').filter({ hasText: title });
  const began = Date.now();

  await test.step('the goal is filled in, and its plan is accepted', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(page, '01-welcome');
    await page.getByRole('button', { name: 'Run the demonstration' }).click();
    await expect(page.getByLabel('Goal or command')).toHaveValue(/Get the fare shop ready/);
    const plan = await sendGoal(page);
    await expect(plan.getByRole('listitem')).toHaveCount(4);
    await look(page, '03-plan');
    await startPlan(plan);
  });

  await test.step('the graph shows who works, without a reload', async () => {
    await goTo(page, 'Graph');
    await expect(nodeOf(EUROS)).toContainText('Running');
    await look(page, '05-graph');
    await expect(nodeOf(EUROS)).toContainText('In review');
    await expect(nodeOf(CHILDREN)).toContainText('Waits for you');
    await look(page, '06-graph-later');
  });

  await test.step('the question is answered in the inbox', async () => {
    await goTo(page, 'Inbox');
    await look(page, '07-inbox');
    const question = page.getByRole('article', { name: 'What should a child pay?' });
    await question.getByRole('button', { name: 'half' }).click();
    await expect(question).toBeHidden();
    await goTo(page, 'Graph');
    await expect(nodeOf(CHILDREN)).toContainText('In review');
  });

  await test.step('one diff is looked at and approved, then the others', async () => {
    await openReview(page, EUROS);
    await expect(page.getByRole('region', { name: 'Changes' })).toContainText('toFixed(1)');
    await look(page, '10-review');
    await approve(page);
    await look(page, '11-review-list');
    await page.getByRole('button', { name: 'Approve all 3' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve 3 results' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('two tasks changed one line: nothing lands, and the conflict is named', async () => {
    await pressSave(page);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Not saved: 1 conflict');
    await expect(outcomeOf(page)).toContainText('src/ticket.js');
    await look(page, '12-conflict');
  });

  await test.step('what is good lands as the first checkpoint', async () => {
    await saveWithout(page, RETURN, EUROS);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 001');
    await look(page, '14-saved');
  });

  await test.step('with one of the two a check is red, and its culprit is named', async () => {
    await saveWithout(page, RETURN);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText(`Not saved: tests fail with ${EUROS}`);
    await expect(outcomeOf(page)).toContainText('The input did not match the regular expression');
    await look(page, '13-red');
  });

  await test.step('the culprit is sent back with a reason, and its agent mends it', async () => {
    await page.getByRole('button', { name: /of 11$/ }).click();
    const reason = await steps.getByLabel('Send it back with this').innerText();
    await look(page, '15-steps');
    await page.getByRole('button', { name: /of 11$/ }).click();
    await outcomeOf(page).getByRole('link', { name: 'Send it back' }).click();
    await requestChanges(page, reason);
    await expect(page.getByRole('article', { name: `Task ${EUROS}` })).toContainText(
      'Prices have two decimals now.',
    );
    await look(page, '16-task');
    await page.getByRole('button', { name: 'Diff' }).click();
    await expect(page.getByRole('region', { name: 'Changes' })).toContainText('toFixed(2)');
    await look(page, '16-mended');
    await approve(page);
  });

  await test.step('it lands as the second checkpoint, signed', async () => {
    await saveWithout(page, RETURN);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 002');
    await outcomeOf(page).getByRole('link', { name: 'Open in the timeline' }).click();
    await expect(page.getByText('main is here')).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: 'verified' })).toBeVisible();
    await look(page, '17-timeline');
  });

  await test.step('the first checkpoint is restored, after a look at what that undoes', async () => {
    await page.getByRole('button', { name: 'Undo this Save' }).click();
    const preview = page.getByRole('region', { name: 'Restore preview' });
    await expect(preview).toContainText('1 task undone');
    await expect(preview).toContainText(EUROS);
    await look(page, '18-restore');
    await preview.getByRole('button', { name: /^Restore / }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 003');
    await look(page, '19-restored');
  });

  await test.step('and the restore is undone', async () => {
    await goTo(page, 'Timeline');
    await page.getByRole('button', { name: 'Undo this restore' }).click();
    await page
      .getByRole('region', { name: 'Restore preview' })
      .getByRole('button', { name: /^Restore / })
      .click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 004');
    await goTo(page, 'Timeline');
    await look(page, '20-timeline');
  });

  await test.step('every step of the checklist but one’s own repository is ticked', async () => {
    await page.getByRole('button', { name: '10 of 11' }).click();
    await look(page, '21-steps');
    await expect(steps.getByRole('listitem').filter({ hasText: 'done' })).toHaveCount(10);
  });

  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  test.info().annotations.push({ type: 'seconds', description: seconds });
  process.stdout.write(`The demonstration took ${seconds} s of pressing\n`);
});
