// Marks the texts whose contrast is worth a look: of texts that look the same the first three.
//
// Contrast depends on the colour, size and weight of the letters and on what is painted behind
// them. axe-core works it out for each text anew, which takes half a minute on a long page. Three
// of each look are marked, in case that one of them is covered, so that axe-core gives it up.
() => {
  const ENOUGH = 3;
  const behind = new Map([[null, ""]]);
  const seen = new Map();
  for (const element of document.querySelectorAll("*")) {
    element.removeAttribute("data-look");
    const style = getComputedStyle(element);
    const painted = [
      style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.position,
      element.matches(":disabled, [aria-disabled]"),
    ].join();
    const below = behind.get(element.parentElement) ?? "";
    const plain = "rgba(0, 0, 0, 0),none,1,none,static,false";
    behind.set(element, painted === plain ? below : `${below}/${painted}`);
    const says = [...element.childNodes].some(one => one.nodeType === 3 && one.nodeValue.trim());
    if (!(says || element.matches("input, select, textarea")) || !element.checkVisibility()) continue;
    const look = [
      style.color, style.fontSize, style.fontWeight, style.textShadow, behind.get(element),
    ].join();
    seen.set(look, (seen.get(look) ?? 0) + 1);
    if (seen.get(look) <= ENOUGH) element.setAttribute("data-look", "");
  }
}
