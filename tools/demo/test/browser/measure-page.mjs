/**
 * Runs in the browser: what a reader of the page would see of it. It has to be one function, as its
 * text is what crosses.
 */
export function measurePage() {
  const channels = (color) => {
    const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  // https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
  const luminance = ({ r, g, b }) => {
    const [lr, lg, lb] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  };
  const backgroundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.a === 1) return color;
      if (color.a > 0) throw new Error(`a translucent background: ${at.outerHTML.slice(0, 100)}`);
    }
    return channels("rgb(255, 255, 255)");
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const sizeOf = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return { name: element.id || element.className.toString() || element.tagName, width, height };
  };

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    const isShown = element.checkVisibility() && element.closest("svg") === null;
    if (text === "" || !isShown) continue;
    const style = getComputedStyle(element);
    texts.push({
      text: text.slice(0, 60),
      fontPx: Number.parseFloat(style.fontSize),
      contrast: contrast(channels(style.color), backgroundOf(element)),
    });
  }
  const outside = [...document.querySelectorAll("main *")].filter((element) => {
    if (!element.checkVisibility() || element.closest(".scroll, svg, .unseen") !== null)
      return false;
    const { left, right } = element.getBoundingClientRect();
    return left < 0 || right > innerWidth;
  });
  return {
    title: document.title,
    scrollWidthPx: document.scrollingElement.scrollWidth,
    innerWidthPx: innerWidth,
    outside: outside.map((element) => element.outerHTML.slice(0, 100)),
    texts,
    sections: [...document.querySelectorAll("main section")].map(sizeOf),
    figures: [...document.querySelectorAll("main svg")].map(sizeOf),
    undescribed: [...document.querySelectorAll("main svg")].filter((svg) => {
      const labels = (svg.getAttribute("aria-labelledby") ?? "").split(" ");
      return labels.some((id) => !document.getElementById(id)?.textContent);
    }).length,
    scripts: document.scripts.length,
    images: document.images.length,
    columns: getComputedStyle(document.querySelector(".pair")).gridTemplateColumns.split(" ")
      .length,
    headerRows: document.querySelectorAll("table thead th[scope=col]").length,
    background: getComputedStyle(document.body).backgroundColor,
  };
}
