// The explorer: a page calls mount(), JupyterLab calls default.render(). Data enter as text, never as markup.

const FACETS = ["event_type", "direction", "route", "affiliation", "shots_at", "confidence"];
const SORTED = ["date", "route", "affiliation", "people", "summary"];
const SAVED = ["date", "event_type", "direction", "route", "means", "people", "nationality", "affiliation", "outcome",
  "shots_fired", "shots_at", "confidence", "location_basis", "place", "area", "summary", "differ"];

function make(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return node;
}
const el = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);
const sv = (tag, attributes = {}, ...children) => make(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const spaced = (mortar, ...parts) => parts.filter((part) => part && part.length !== 0).flatMap((part, n) => (n ? [mortar, part] : [part]));
const silent = { "aria-hidden": "true" };
/** The address if it is one of the web, else null: no other scheme becomes a link. */
const webAddress = (text) => (URL.canParse(text ?? "") && /^https?:$/.test(new URL(text).protocol) ? text : null);
/** A cell of a CSV file: a spreadsheet must not take a text for a formula. */
function csvCell(value) {
  const text = String(value ?? "").replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
/** A value as another language has it: with what is otherwise there put in. */
const merged = (own, change) => (typeof change !== "object" ? change : Object.assign(Array.isArray(own) ? [...own] : { ...own },
  Object.fromEntries(Object.entries(change).map(([key, part]) => [key, merged(own[key], part)]))));

/** What is shown, in one language; an incident has its texts of all, for the search. */
function read(data, texts) {
  const W = data.words, T = data.terms, number = new Intl.NumberFormat(W.lang);
  const say = (template, values) => template.replace(/\{(\w+)(?::([^}/]*)\/([^}]*))?\}/g, (_, name, one, many) => {
    const value = values[name], text = typeof value === "number" ? number.format(value) : value;
    return many === undefined ? text : `${text} ${value === 1 ? one : many}`;
  });
  const label = (row, column) => (row[column] === null ? W.unknown : T[column][row[column]][1]);
  const people = (row) => (row.people === null ? W.people_unknown : say(W.people_known, row));
  const rows = data.rows.map((cells, n) => {
    const row = Object.fromEntries(data.columns.map((name, n) => [name, cells[n]]));
    row.area = data.areas[row.area] ?? null;
    row.sources = row.sources.map((n) => data.sources[n]).map(([who, ...rest]) => [data.publishers[who], ...rest]);
    row.contested = row.contested.map(([field, topic, values]) => [data.lists.field[field], topic,
      values.map(([what, who, ...rest]) => [what, who.map((n) => data.publishers[n]), ...rest])]);
    row.name = say(W.mark, { date: row.date, route: label(row, "route"), people: people(row) });
    const words = [...Object.values(row).flat(6).filter((one) => typeof one === "string"), ...Object.keys(T).map((column) => label(row, column))];
    row.texts = texts[n] ??= [];
    row.texts.push(words.join("\n").normalize("NFC").toLowerCase());
    return row;
  });
  return { data, W, T, number, say, label, people, rows };
}

/** Show the explorer in a language: that given, or that of the address, which then keeps what is chosen. */
export function mount(root, data, { lang = null, onSelect = () => {} } = {}) {
  const texts = [], all = Object.values(data.languages).map((change) => read(merged(data, change), texts));
  let now = null, shown = null;
  function moved() {
    const named = lang ?? new URLSearchParams(location.hash.slice(1)).get("lang"), wanted = all.find(({ W }) => W.lang === named) ?? all[0];
    if (wanted === now) return shown.moved();
    shown?.end();
    root.replaceChildren(el("div", { class: "explorer", lang: wanted.W.lang }));
    now = wanted;
    shown = show(root.firstChild, now, all.map(({ W }) => W), !lang, onSelect);
  }
  window.addEventListener("hashchange", moved);
  moved();
  return () => { shown.end(); window.removeEventListener("hashchange", moved); };
}
function show(root, { data, W, T, number, say, label, people, rows }, languages, address, onSelect) {
  const code = (column, n) => T[column][n][0], byId = new Map(rows.map((row) => [row.id, row]));
  /** A text of the data, marked where it is in another language than the page. */
  const marked = (text) => {
    const lang = /[가-힣]/.test(text) ? "ko" : /[a-z]/i.test(text ?? "") ? "en" : W.lang;
    return lang === W.lang ? text : el("span", { lang }, text);
  };
  const anyCounted = rows.some((row) => row.counted);
  const first = rows.length ? Math.min(...rows.map((row) => row.year)) : 0, last = Math.max(first, ...rows.map((row) => row.year));
  const within = (year) => Math.min(last, Math.max(first, year));
  // What is chosen, and how it stands in the address --------------------------------------------
  const fresh = () => ({ q: "", from: first, to: last, chosen: Object.fromEntries(FACETS.map((name) => [name, new Set()])) });
  const state = { ...fresh(), all: !anyCounted, pick: null, sort: 0, down: false };
  const change = (values) => { Object.assign(state, values); draw(); };
  const inAddress = (lang, parts) => `#${new URLSearchParams([["lang", lang === languages[0].lang ? "" : lang], ...parts].filter(([, value]) => value))}`;
  function toAddress(lang = W.lang) {
    const chosen = FACETS.map((name) => [name, [...state.chosen[name]].map((n) => code(name, n)).join(".")]);
    return inAddress(lang, [["all", state.all ? "1" : ""], ["q", state.q], ["from", state.from === first ? "" : state.from],
      ["to", state.to === last ? "" : state.to], ...chosen, ["pick", state.pick]]);
  }
  function fromAddress() {
    const parts = new URLSearchParams(location.hash.slice(1)), pick = byId.get(parts.get("pick"));
    Object.assign(state, fresh(), { q: parts.get("q") ?? "", pick: pick?.id ?? null });
    state.all = !anyCounted || parts.has("all") || pick?.counted === 0;
    for (const [name, otherwise] of [["from", first], ["to", last]]) state[name] = within(parseInt(parts.get(name), 10) || otherwise);
    for (const name of FACETS) {
      const codes = (parts.get(name) ?? "").split(".");
      T[name].forEach(([own], n) => codes.includes(own) && state.chosen[name].add(n));
    }
  }
  // Which incidents fit -------------------------------------------------------------------------
  const inScope = (row) => state.all || row.counted;
  const searched = () => state.q.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row, words, except) => inScope(row) && row.year >= state.from && row.year <= state.to
    && FACETS.every((name) => name === except || !state.chosen[name].size || state.chosen[name].has(row[name]))
    && words.every((word) => row.texts.some((text) => text.includes(word)));
  const fitting = (except) => { const words = searched(); return rows.filter((row) => fits(row, words, except)); };
  // Controls ------------------------------------------------------------------------------------
  const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);
  const search = el("input", { type: "search", placeholder: W.search_in, autocomplete: "off", oninput: () => change({ q: search.value }) });
  const id = `explorer-${Math.random().toString(36).slice(2)}`;  // two may stand in one notebook
  const scopes = ["counted", "all"].map((name) => el("input", { type: "radio", name: id, onchange: () => change({ all: name === "all" }) }));
  scopes[0].disabled = !anyCounted;
  const tongues = languages.map(({ lang, tongue }) => el("a", { lang, hreflang: lang, "aria-current": lang === W.lang ? "true" : null }, tongue));
  const controls = el("form", { class: "controls", onsubmit: (event) => event.preventDefault() },
    el("label", { class: "search" }, W.search, " ", search),
    el("fieldset", {}, el("legend", {}, W.scope), el("label", { title: W.counted_means }, scopes[0], W.counted), el("label", {}, scopes[1], W.all)),
    el("span", { class: "buttons" }, button(W.csv, saveCsv), button(W.print, () => window.print())));
  const status = el("p", { role: "status", class: "status" }), chips = el("p", { class: "chips" });
  const sign = (shape, look) => sv("svg", { viewBox: "-2 -2 4 4", class: "sign", ...silent }, sv("path", { d: data.shapes[shape], class: `mark ${look}` }));
  const boxes = {};
  function facet(name) {
    boxes[name] = T[name].map(([, text, means], n) => {
      const toggle = () => { state.chosen[name][input.checked ? "add" : "delete"](n); draw(); };
      const input = el("input", { type: "checkbox", onchange: toggle }), count = el("span", { class: "count" });
      const shape = name === "route" ? sign(data.signs[n][0], `${data.signs[n][1]} full`) : "";
      return { input, count, line: el("label", { title: means ?? null }, input, shape, el("span", {}, text), count) };
    });
    boxes[name].set = el("fieldset", {}, el("legend", {}, W[name]), boxes[name].map((box) => box.line));
    return boxes[name].set;
  }
  const year = (name) => el("input", { type: "number", min: first, max: last, onchange: (event) =>
    change({ [name]: within(parseInt(event.target.value, 10) || { from: first, to: last }[name]) }) });
  const from = year("from"), to = year("to");
  const filters = el("details", { class: "filters" }, el("summary", {}, W.filters), FACETS.map(facet),
    el("fieldset", { class: "years" }, el("legend", {}, W.years), el("label", {}, W.from, " ", from), el("label", {}, W.to, " ", to)));
  // Charts: marks that arrow keys move between and a click finds --------------------------------
  const charts = [];
  function chart(name, attributes) {
    const svg = sv("svg", { role: "group", "aria-label": name, ...attributes }), marks = new Map();
    const lit = () => [...marks.values()].filter((path) => !path.classList.contains("off"));
    svg.addEventListener("keydown", (event) => {
      const all = lit(), now = all.indexOf(event.target);
      const next = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
      const chosen = ["Enter", " "].includes(event.key);
      if (now < 0 || (next === undefined && !chosen)) return;
      event.preventDefault();
      if (chosen) return void choose(event.target.dataset.id, event.target);
      for (const path of all) path.setAttribute("tabindex", path === all.at(next % all.length) ? "0" : "-1");
      all.at(next % all.length).focus();
    });
    svg.addEventListener("click", (event) => {
      const away = ({ x, y, width, height }) => Math.hypot(event.clientX - x - width / 2, event.clientY - y - height / 2);
      const [best] = lit().map((path) => [away(path.getBoundingClientRect()), path]).sort((a, b) => a[0] - b[0]);
      if (best?.[0] < 18) choose(best[1].dataset.id);
    });
    charts.push(marks);
    return { svg, marks };
  }
  function mark(marks, row, atPlace) {
    const [shape, role] = row.counted ? data.signs[row.route] : ["o", "other"];
    const full = row.counted && role === "subject" ? row.citizen === "North" : atPlace;
    const path = sv("path", { d: data.shapes[shape], class: `mark ${role} ${full ? "full" : "open"}`, role: "button", "data-id": row.id,
      "aria-label": row.name }, sv("title", {}, row.name));
    marks.set(row.id, path);
    return path;
  }
  const place = (path, x, y, size) => path.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size.toFixed(2)})`);
  // The maps ------------------------------------------------------------------------------------
  const areas = [], ties = [], [home, jsaX, jsaY] = data.map.jsa, callout = sv("g", { class: "callout" });
  const maps = data.map.panels.map(({ size: [wide, high], ...panel }) => {
    const { svg, marks } = chart(`${W.panels[panel.name]}. ${W.map_help}`, { viewBox: `0 0 ${wide} ${high}`, class: `sheet ${panel.name}` });
    svg.append(...panel.paths.map(([name, d]) => sv("path", { d, class: name })));
    for (const [cx, cy, r, members] of panel.areas) {
      areas.push([members.map((n) => rows[n].id), sv("circle", { cx, cy, r, class: "area" })]);
      svg.append(areas.at(-1)[1]);
    }
    for (const [text, x, y, anchor, kind] of panel.words) {
      const lines = text.split("\n").map((line, n) => sv("tspan", { x, dy: n ? "1.05em" : 0 }, line));
      svg.append(sv("text", { x, y, class: kind, "text-anchor": anchor, ...silent }, lines));
    }
    if (panel.name === home) svg.append(callout);
    for (const row of rows.filter((one) => one.panel === panel.name)) {
      const path = mark(marks, row, row.at === null || data.map.fine[row.location_basis]);
      const [x, y, placeX, placeY] = row.at ?? [0, 0, 0, 0];
      place(path, x, y, panel.spacing * 0.42);
      ties.push([row.id, sv("path", { d: `M${x} ${y}L${placeX} ${placeY}`, class: "tie" })]);
      svg.append(ties.at(-1)[1], path);
    }
    return { svg, marks, name: panel.name, get unit() { return wide / (svg.clientWidth || wide); } };
  });
  /** The incidents of the JSA stand in a box tied to it, in order of date; sizes are in pixels. */
  function drawCallout(visible) {
    const inside = visible.filter((row) => row.panel === home && row.at === null), sheet = maps.find((one) => one.name === home);
    callout.replaceChildren();
    if (!inside.length) return;
    const px = sheet.unit, abreast = 9, foot = (30 + Math.ceil(inside.length / abreast) * 36) * px;
    callout.append(sv("path", { d: `M${jsaX} ${jsaY}V${foot}`, class: "lead" }), sv("circle", { cx: jsaX, cy: jsaY, r: 5 * px, class: "lead" }),
      sv("rect", { x: 8 * px, y: 8 * px, width: (Math.max(Math.min(abreast, inside.length) * 34, 180) + 8) * px, height: foot - 8 * px, class: "box" }),
      sv("text", { x: 16 * px, y: 24 * px, class: "strong" }, `${label(inside[0], "route")}: ${inside.length}`));
    inside.forEach((row, n) => {
      const x = (29 + (n % abreast) * 34) * px, y = (42 + Math.floor(n / abreast) * 36) * px;
      place(sheet.marks.get(row.id), x, y, (row.counted ? 5.2 : 4.2) * px);
      callout.append(sv("text", { x, y: y + 19 * px, "text-anchor": "middle", ...silent }, row.year));
    });
  }
  // Time: a strip a route -----------------------------------------------------------------------
  const { svg: time, marks: dots } = chart(`${W.time}. ${W.time_help}`, { class: "time" }), veil = sv("g", { class: "veil" });
  const [start, end] = [Math.min(first, data.armistice) - 1.5, last + 2.5], size = 4.3, step = size * 2.3;
  let drawn = "", heads = [];
  function drawTime(visible) {
    const wide = Math.max(280, time.parentElement.clientWidth), x = (when) => ((when - start) / (end - start)) * wide;
    const ways = [...state.chosen.direction].map((n) => code("direction", n));
    const record = data.record[ways.length === 1 && ways[0] in data.record ? ways[0] : "north_to_south"] ?? [];
    if (drawn !== `${wide} ${state.all} ${record}`) {
      drawn = `${wide} ${state.all} ${record}`;
      heads = [];
      dots.clear();
      const behind = [], parts = [];
      let y = 0;
      for (const [route, [, name]] of T.route.entries()) {
        const own = rows.filter((row) => inScope(row) && row.route === route).sort((a, b) => a.when - b.when), ends = [];
        if (!own.length) continue;
        const placed = own.map((row) => {
          const free = ends.findIndex((taken) => taken <= x(row.when)), level = free < 0 ? ends.length : free;
          ends[level] = x(row.when) + step;
          return [mark(dots, row, true), x(row.when), level];
        });
        const base = y + 28 + ends.length * step, top = base - ends.length * step - 10;
        heads.push([route, sv("text", { x: 0, y: y + 12, class: `lane ${data.signs[route][1]}` })]);
        const until = x(record[route]), told = say(W.no_record, { route: name, since: String(record[route]) });
        if (record[route] > data.armistice) behind.push(sv("rect", { x: x(data.armistice), y: top, width: until - x(data.armistice), height: base - top,
          fill: `url(#${id})` }, sv("title", {}, told)));
        for (const [path, across, level] of placed) place(path, across, base - 7 - level * step, size);
        parts.push(sv("path", { d: `M0 ${base}H${wide}`, class: "axis" }), heads.at(-1)[1], ...placed.map(([path]) => path));
        y = base + 4;
      }
      const every = wide < 480 ? 20 : 10;
      for (let tick = Math.ceil(start / every) * every; tick < end; tick += every) {
        behind.unshift(sv("path", { d: `M${x(tick)} 0V${y}`, class: "rule" }));
        parts.push(sv("text", { x: Math.max(14, x(tick)), y: y + 11, "text-anchor": "middle", ...silent }, tick));
      }
      time.setAttribute("viewBox", `0 0 ${wide} ${y + 16}`);
      time.replaceChildren(sv("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        sv("path", { d: "M0 0V7", class: "stroke" })), ...behind, veil, ...parts);
    }
    for (const [route, head] of heads) head.textContent = `${T.route[route][1]}: ${visible.filter((row) => row.route === route).length}`;
    const strips = [[0, state.from > first ? x(state.from) : 0], [state.to < last ? x(state.to + 1) : wide, wide]].filter(([a, b]) => b > a);
    veil.replaceChildren(...strips.map(([a, b]) => sv("rect", { x: a, width: b - a, height: time.viewBox.baseVal.height - 16 })));
  }
  let drag = null;
  const pointed = ({ clientX }, { left, width } = time.getBoundingClientRect()) => within(Math.floor(start + ((clientX - left) / width) * (end - start)));
  time.addEventListener("pointerdown", (event) => { drag = event.pointerType === "touch" ? null : { x: event.clientX, year: pointed(event) }; });
  time.addEventListener("pointermove", (event) => {
    if (!drag || (!drag.far && Math.abs(event.clientX - drag.x) < 6)) return;
    drag.far = true;
    time.setPointerCapture(event.pointerId);
    change({ from: Math.min(drag.year, pointed(event)), to: Math.max(drag.year, pointed(event)) });
  });
  for (const name of ["pointerup", "pointercancel"]) time.addEventListener(name, () => setTimeout(() => { drag = null; }));
  time.addEventListener("click", (event) => { if (drag?.far) event.stopImmediatePropagation(); }, { capture: true });
  // Table and CSV -------------------------------------------------------------------------------
  const where = (row) => row.place ?? row.area ?? "";
  const lines = new Map(rows.map((row) => [row.id, el("tr", {},
    el("td", {}, button(row.date, (event) => choose(row.id, event.currentTarget), { "aria-label": row.name })),
    el("td", {}, label(row, "route"), row.counted ? "" : el("span", { class: "kind" }, label(row, "event_type"))), el("td", {}, label(row, "affiliation")),
    el("td", { class: "number" }, row.people === null ? W.unknown : number.format(row.people)),
    el("td", {}, el("b", {}, marked(where(row))), " ", marked(row.summary)))]));
  const tops = SORTED.map((name, n) => el("th", { scope: "col" }, button(W[name], () => change({ sort: n, down: state.sort === n && !state.down }))));
  const body = el("tbody");
  const table = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": W.table }, el("table", {}, el("thead", {}, el("tr", {}, tops)), body));
  function saveCsv() {
    const cells = fitting().map((row) => [row.id, ...SAVED.map((name) => (name in T && row[name] !== null ? label(row, name) : row[name])),
      row.sources.map((source) => source.filter(Boolean).join(", ")).join("; ")]);
    const text = [["incident_id", ...SAVED, "sources"], ...cells].map((line) => `${line.map(csvCell).join(",")}\r\n`);
    const link = el("a", { href: URL.createObjectURL(new Blob(["\ufeff", ...text], { type: "text/csv" })), download: "incidents.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  }
  // Details -------------------------------------------------------------------------------------
  const details = el("section", { class: "details", tabindex: "-1", "aria-label": W.details });
  function choose(picked, by = null) {
    change({ pick: picked, opener: by });
    details.scrollTop = 0;
    if (by) details.focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest" });
  }
  function close() {
    change({ pick: null });
    (state.opener?.isConnected ? state.opener : search).focus();
  }
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.pick && event.target !== search) close(); });
  const filled = (template, values) => template.split(/\{(\w+)\}/).map((part, n) => (n % 2 ? marked(values[part] ?? W.empty) : part));
  const fact = (name, ...text) => (text.some(Boolean) ? [el("dt", {}, name), el("dd", {}, ...text)] : []);
  const part = (name, items) => (items.length ? [el("h3", {}, name), el("ul", {}, items.map((item) => el("li", {}, item)))] : []);
  const defined = (row, column) => (row[column] === null ? W.unknown : T[column][row[column]].slice(1).join(": "));
  const source = ([publisher, title, day, url]) => [`${publisher}: `, webAddress(url)
    ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, marked(title)) : marked(title), `, ${day ?? W.no_date}`];
  const contested = ([field, topic, values]) => [field, topic && ": ", marked(topic), el("ul", {}, values.map(([what, who, by, note, reason, taken]) =>
    el("li", {}, el("b", {}, marked(what)), ": ", spaced(W.mortar, spaced(", ", marked(by), ...who), marked(note), data.lists.reason[reason], taken && W.taken)))),
  values.some((value) => value.at(-1)) ? "" : W.open];
  const decision = (key) => el("details", {}, el("summary", {}, `${key}: `, marked(data.decisions[key][0])), marked(data.decisions[key][1]));
  const correction = ([field, how, before, after, reason, status]) => [el("b", {}, W.fields[field] ?? field), ": ",
    how && [filled(W[how], { old: before, new: after }), ". "], marked(reason), ` (${data.lists.status[status]})`];
  function describe(row) {
    const km = data.map.radius[row.location_basis], plain = (name) => fact(W[name], label(row, name));
    const shots = [label(row, "shots_fired"), row.shots_count && say(W.rounds, { n: row.shots_count }), T.shots_fired[row.shots_fired]?.[0] === "yes" && label(row, "shots_at")];
    details.replaceChildren(el("h2", {}, row.date, ", ", marked(where(row)) || label(row, "route")), button(W.close, close, { class: "close" }),
      el("p", { class: "summary" }, marked(row.summary)),
      el("dl", {}, fact(W.event_type, defined(row, "event_type")), fact(W.note, marked(row.note)), ["direction", "route", "means"].map(plain),
        fact(W.people, people(row)), ["affiliation", "nationality", "outcome"].map(plain), fact(W.shots_fired, ...spaced(W.mortar, ...shots)),
        fact(W.harm, row.harm), fact(W.place, ...spaced(W.mortar, marked(row.place), marked(row.area))),
        fact(W.known_how, ...spaced(" ", defined(row, "location_basis"), km && say(W.within, { km }))), fact(W.detected, marked(row.detected)),
        fact(W.confidence, defined(row, "confidence")), fact(W.differ, marked(row.differ)),
        fact(W.link, address ? el("a", { href: inAddress(W.lang, [["pick", row.id]]) }, row.id) : row.id)),
      ...part(say(W.sources, { n: row.sources.length }), row.sources.map(source)), ...part(W.contested, row.contested.map(contested)),
      ...part(W.decisions, row.decisions.map(decision)), ...part(W.corrections, row.corrections.map((n) => correction(data.corrections[n]))));
  }
  // Draw ----------------------------------------------------------------------------------------
  function drawFilters() {
    [scopes[0].checked, scopes[1].checked] = [!state.all, state.all];
    if (search.value !== state.q) search.value = state.q;
    [from.value, to.value] = [state.from, state.to];
    const chip = (text, onclick) => button(`${text} ×`, onclick, { class: "chip", "aria-label": say(W.remove, { filter: text }) });
    const items = [];
    for (const name of FACETS) {
      const around = fitting(name);
      for (const [n, { input, count, line }] of boxes[name].entries()) {
        input.checked = state.chosen[name].has(n);
        count.textContent = number.format(around.filter((row) => row[name] === n).length);
        line.hidden = !input.checked && !rows.some((row) => inScope(row) && row[name] === n);
        if (input.checked) items.push(chip(`${W[name]}: ${T[name][n][1]}`, () => { state.chosen[name].delete(n); draw(); }));
      }
      boxes[name].set.hidden = boxes[name].filter((box) => !box.line.hidden).length < 2 && !state.chosen[name].size;
    }
    if (state.from > first || state.to < last) items.push(chip(`${W.years}: ${state.from}–${state.to}`, () => change({ from: first, to: last })));
    if (state.q) items.push(chip(`${W.search}: ${state.q}`, () => change({ q: "" })));
    if (items.length) items.push(button(W.clear, () => { change(fresh()); search.focus(); }));
    chips.replaceChildren(...items);
  }
  function drawNotes(visible) {
    const known = visible.reduce((sum, row) => sum + (row.people ?? 0), 0), n = visible.length;
    status.textContent = n ? say(state.all ? W.status_all : W.status_counted, { n, with: known ? say(W.with, { people: known }) : "" }) : W.none;
    const mapped = visible.filter((row) => row.panel).length, lost = visible.filter((row) => !row.panel && row.direct).length;
    mapNote.replaceChildren(...spaced(" ", say(W.on_map, { n: mapped, all: n }), lost && say(W.no_place, { n: lost }),
      n > mapped + lost && say(W.elsewhere, { n: n - mapped - lost }), W.moved));
  }
  function drawTable(visible) {
    const name = SORTED[state.sort], way = state.down ? -1 : 1, compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, W.lang) : a - b);
    body.replaceChildren(...visible.toSorted((a, b) => way * compare(a[name], b[name])).map((row) => lines.get(row.id)));
    tops.forEach((top, n) => top.setAttribute("aria-sort", n !== state.sort ? "none" : state.down ? "descending" : "ascending"));
  }
  let told = "";
  function draw() {
    const visible = fitting(), ids = new Set(visible.map((row) => row.id)), picked = byId.get(state.pick);
    for (const part of [drawFilters, drawNotes, drawCallout, drawTime, drawTable]) part(visible);
    for (const marks of charts) {
      const entry = ids.has(state.pick) && marks.has(state.pick) ? state.pick : [...marks.keys()].find((key) => ids.has(key));
      for (const [key, path] of marks) {
        path.classList.toggle("off", !ids.has(key));
        path.setAttribute("tabindex", key === entry ? "0" : "-1");
      }
    }
    for (const [members, circle] of areas) circle.classList.toggle("off", !members.some((key) => ids.has(key)));
    for (const [key, node] of [...charts.flatMap((marks) => [...marks]), ...ties, ...lines]) node.classList.toggle("on", key === state.pick);
    if (!picked) details.replaceChildren(el("p", { class: "note" }, W.pick_one));
    else if (details.dataset.id !== picked.id) describe(picked);
    details.dataset.id = picked?.id ?? "";
    for (const link of tongues) link.href = toAddress(link.lang);
    if (address && (location.hash || "#") !== toAddress()) history.replaceState(null, "", toAddress());
    const now = JSON.stringify([[...ids], state.pick]);
    if (now !== told) onSelect(...JSON.parse(told = now));
  }

  const keys = (...items) => el("p", { class: "key" }, items.map(([shape, look, text]) => el("span", {}, sign(shape, look), text)));
  const section = (name, ...children) => el("section", { class: `part-${name}` }, el("h2", {}, W[name]), ...children);
  const mapNote = el("p", { class: "note" });
  for (const node of address ? document.querySelectorAll("[data-word]") : []) node.textContent = W[node.dataset.word];
  if (address) document.documentElement.lang = W.lang;
  root.append(address ? el("nav", { "aria-label": W.language }, tongues) : "", controls, status, chips, el("div", { class: "layout" }, filters, el("div", { class: "charts" },
    section("map", el("div", { class: "panels" }, maps.map((one) => one.svg)), keys(["o", "line full", W.key_place], ["o", "line open", W.key_area],
      ["*", "subject full", W.key_north], ["*", "subject open", W.key_foreign], ["o", "other full", W.key_grey]), mapNote),
    section("time", el("div", {}, time), keys(["/", "hatched", W.key_record]))), details, section("table", table)));
  filters.open = root.clientWidth > 800;
  const resized = new ResizeObserver(() => {
    for (const one of maps) one.svg.style.setProperty("--unit", `${one.unit}px`);
    draw();
  });
  resized.observe(root);
  const moved = () => { if (address) fromAddress(); draw(); };
  moved();
  return { moved, end: () => resized.disconnect() };
}

export default {
  render({ model, el: cell }) {
    const onSelect = (ids, picked) => { model.set("_selected", ids); model.set("_picked", picked ?? ""); model.save_changes(); };
    return mount(cell.appendChild(el("div")), model.get("_content"), { lang: model.get("_lang"), onSelect });
  },
};
