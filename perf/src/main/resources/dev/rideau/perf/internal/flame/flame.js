"use strict";
(() => {
  const frames = [...document.querySelectorAll("g.f")].map((g) => ({
    g, rect: g.querySelector("rect"), text: g.querySelector("text"),
    title: g.querySelector("title").textContent,
    name: g.querySelector("title").textContent.replace(/ \([^(]*\)$/, ""),
    x: +g.dataset.x, w: +g.dataset.w, level: +g.dataset.l,
  }));
  const margin = 10, width = 1200 - 2 * margin, character = 6.7;
  const byId = (id) => document.getElementById(id);
  const label = (frame, wide) => {
    const most = Math.floor((wide - 6) / character);
    frame.text.textContent = frame.name.length <= most ? frame.name
      : most < 3 ? "" : frame.name.slice(0, most - 2) + "..";
  };
  const zoom = (to) => {
    const end = to.x + to.w;
    for (const frame of frames) {
      const below = frame.level < to.level && frame.x <= to.x && frame.x + frame.w >= end;
      const inside = frame.level >= to.level && frame.x >= to.x && frame.x + frame.w <= end;
      frame.g.style.display = below || inside ? "" : "none";
      frame.g.classList.toggle("faded", below);
      if (!below && !inside) continue;
      const x = below ? margin : margin + (frame.x - to.x) / to.w * width;
      const wide = below ? width : frame.w / to.w * width;
      frame.rect.setAttribute("x", x);
      frame.rect.setAttribute("width", wide);
      frame.text.setAttribute("x", x + 3);
      label(frame, wide);
    }
    byId("reset").setAttribute("visibility", to === frames[0] ? "hidden" : "visible");
  };
  const search = () => {
    const wanted = prompt("Search functions (regular expression)", "");
    if (wanted === null) return;
    let expression = null;
    try { expression = wanted && new RegExp(wanted, "i"); } catch (e) { return alert(e.message); }
    let matched = 0, end = -1;
    const found = frames.filter((frame) => {
      const hit = !!expression && frame.level > 0 && expression.test(frame.name);
      frame.g.classList.toggle("found", hit);
      return hit;
    });
    found.sort((a, b) => a.x - b.x || b.w - a.w);
    for (const frame of found) {
      const from = Math.max(end, frame.x);
      if (frame.x + frame.w > from) { matched += frame.x + frame.w - from; end = frame.x + frame.w; }
    }
    byId("matched").textContent = expression
      ? "matched: " + (100 * matched / frames[0].w).toFixed(2) + " %" : " ";
  };
  for (const frame of frames) {
    frame.g.addEventListener("click", () => zoom(frame));
    frame.g.addEventListener("mouseover", () => { byId("detail").textContent = frame.title; });
    frame.g.addEventListener("mouseout", () => { byId("detail").textContent = " "; });
  }
  byId("reset").addEventListener("click", () => zoom(frames[0]));
  byId("search").addEventListener("click", search);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "f") { event.preventDefault(); search(); }
  });
})();
