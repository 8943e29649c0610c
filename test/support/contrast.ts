import type { Locator } from 'playwright-core';

/** How a text stands out from its own background, as WCAG 2 reckons it; 4.5 is the least for text. Colours without alpha. */
export async function contrastOf(text: Locator): Promise<number> {
  const [ink, paper] = await text.evaluate((element) => {
    const { color, backgroundColor } = element.ownerDocument.defaultView!.getComputedStyle(element);
    return [color, backgroundColor];
  });
  const [dark = 0, light = 0] = [luminance(ink), luminance(paper)].toSorted((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour = ''): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
