/**
 * Returns the parts of the page that cannot be read: cut off at the side, clipped, covered, or in a scrolling area that
 * is too low. The function is sent to the browser, so it refers to nothing outside itself.
 */
export function layoutFaults(): string[] {
  type Box = { left: number; top: number; right: number; bottom: number };
  const faults = new Set<string>();
  const layer = [...document.querySelectorAll("dialog:modal, :popover-open")].at(-1) ?? document.body;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const window_: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };

  const styles = new Map<Element, CSSStyleDeclaration>();
  const style = (element: Element) => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  // What is only there for screen readers is clipped away as a whole.
  const unseen = (element: Element | null): boolean =>
    element !== null && (style(element).clipPath === "inset(50%)" || unseen(element.parentElement));
  const shown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !unseen(element);
  const inside = (inner: Box, outer: Box, slack: number) =>
    inner.left >= outer.left - slack &&
    inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack &&
    inner.bottom <= outer.bottom + slack;
  const common = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const empty = (box: Box) => box.right - box.left <= 2 || box.bottom - box.top <= 2;
  const tell = (what: string, element: Element | null, text = "") =>
    faults.add(`${what}: ${text.trim().slice(0, 40)} ${element?.outerHTML.slice(0, 160) ?? ""}`);

  /** Returns whether an element draws its own box. Nothing may extend beyond such a box. */
  function draws(element: Element): boolean {
    const { backgroundColor, borderTopWidth, borderTopStyle } = style(element);
    return (borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0) || !/, 0\)$/.test(backgroundColor);
  }

  /** Returns the part of a box that can be seen now; none if it is scrolled away. */
  function seen(box: Box, from: Element, text: string): Box | null {
    let part = box;
    for (let at: Element | null = from; at; at = at.parentElement) {
      const { overflowX, overflowY, position } = style(at);
      const bounds = at.getBoundingClientRect();
      if (overflowY === "auto" || overflowY === "scroll") {
        part = common(part, bounds);
        if (empty(part)) return null;
      } else if (overflowX !== "visible" || overflowY !== "visible" || draws(at)) {
        if (at !== document.body && !inside(part, bounds, 1.5)) tell("stands out of its box", at, text);
      }
      if (at === layer || position === "fixed") break;
    }
    if (!inside(part, window_, 1.5)) tell("out of the window", from, text);
    return part;
  }

  for (const element of [layer, ...layer.querySelectorAll("*")]) {
    if (!shown(element) || element instanceof HTMLInputElement || element instanceof SVGElement) continue;
    const { overflowX, overflowY } = style(element);
    if (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) tell("cut off sideways", element);
    const scrolls = (overflowY === "auto" || overflowY === "scroll") && element.scrollHeight > element.clientHeight + 1;
    if (scrolls && element.clientHeight < 4.5 * rem) tell("too low to scroll in", element);
  }

  const texts: { box: Box; element: Element; text: string }[] = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const text = node.textContent ?? "";
    if (!element || text.trim() === "" || !shown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.width < 1) continue;
      // A line's box is taller than its glyphs; only these must not meet.
      const trim = line.height / 4;
      const box = { left: line.left, right: line.right, top: line.top + trim, bottom: line.bottom - trim };
      const part = seen(box, element, text);
      if (part) texts.push({ box: part, element, text });
    }
  }
  texts.forEach(({ box, element, text }, index) => {
    for (const other of texts.slice(index + 1)) {
      if (other.element !== element && !empty(common(box, other.box)))
        tell(`over "${other.text.trim()}"`, element, text);
    }
  });

  const controls = [...layer.querySelectorAll("button, a, input, select, textarea, summary")].filter(shown);
  controls.forEach((control, index) => {
    for (const other of controls.slice(index + 1)) {
      if (control.contains(other) || other.contains(control)) continue;
      // What is in a field at its end belongs to it, such as the eye of a password.
      if (control.matches("input") && control.parentElement === other.parentElement) continue;
      const [one, two] = [control, other].map((each) =>
        seen(each.getBoundingClientRect(), each.parentElement ?? layer, ""),
      );
      if (one && two && !empty(common(one, two))) tell("over another control", control, other.outerHTML);
    }
  });
  return [...faults];
}
