import { Buffer } from 'node:buffer';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** As high as the trace's details are. */
const VIEWPORT = { width: 1280, height: 1112 };
const SETTLE_MILLIS = 500;
const MAX_LOOKS = 40;

/**
 * Opens a project's page, and beside its list of spans one trace; returns the picture, a PNG.
 * @param service the name and version that must stand on the page
 * @throws where they do not
 */
export async function shootTrace(browser, base, { project, traceId }, service) {
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  await page.goto(`${base}/projects/${project}/spans`);
  const click = async (selector) => (await page.waitForSelector(selector)).click();
  const press = async (selector, key, times) => {
    const element = await page.waitForSelector(selector);
    for (let time = 0; time < times; time++) await element.press(key);
  };

  // What is said elsewhere makes room for the spans and the trace.
  await click('::-p-aria(Collapse side navigation)');
  await click('::-p-aria(Hide aside panel)');
  await click(`a[href*="${traceId}"]`);
  await click('::-p-aria(Tool: divide)');
  await press('[role=separator][aria-label="Resize drawer"]', 'ArrowRight', 3);
  await press('[role=separator][aria-controls=trace-tree]', 'ArrowLeft', 1);
  await page.evaluate('document.activeElement.blur()');
  await page.mouse.move(0, 0);

  const picture = await settled(page);
  const shown = await metadata(page);
  if (isDeepStrictEqual(shown.service, service)) return picture;
  throw new Error(`The page is not of ${JSON.stringify(service)}: ${JSON.stringify(shown)}`);
}

/** The picture that no longer changes: all is loaded, and nothing moves. */
async function settled(page) {
  let last;
  for (let look = 0; look < MAX_LOOKS; look++) {
    await setTimeout(SETTLE_MILLIS);
    const picture = await page.screenshot();
    if (last && Buffer.compare(last, picture) === 0) return picture;
    last = picture;
  }
  throw new Error('The page does not come to rest.');
}

/** What the page shows under the heading Metadata. */
async function metadata(page) {
  const heading = await page.waitForSelector('::-p-aria(Metadata)');
  const text = await heading.evaluate(
    (button) =>
      button.ownerDocument
        .getElementById(button.getAttribute('aria-controls'))
        .querySelector('.cm-content').innerText,
  );
  return JSON.parse(text);
}
