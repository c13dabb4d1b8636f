// The four steps of benchmarks/four_steps.py for @elastic/synthetics: one journey per item, with a screenshot per step.
const { journey, step } = require('@elastic/synthetics');

const { items, home } = JSON.parse(process.env.FOUR_STEPS);

items.forEach((item, number) => {
  journey(`four steps ${number}`, ({ page }) => {
    const openGuide = async () => {
      await page.goto(item.guide, { waitUntil: 'domcontentloaded' });
      await page.waitForSelector('.title-name');
    };
    step('search', async () => {
      await page.goto(home, { waitUntil: 'domcontentloaded' });
      await page.fill('.site-search input[name=keyword]', item.title);
      await page.click('.site-search button[type=submit]');
      await page.waitForSelector('.result-card');
    });
    step('guide', openGuide);
    step('calendar', async () => {
      await page.click('div.matters-head-action-wrapper >> text=预约');
      await page.waitForSelector('.calendar-day');
    });
    step('application', async () => {
      await openGuide();
      await page.click('text=在线办理');
      await page.waitForSelector('input[name=username]');
    });
  });
});
