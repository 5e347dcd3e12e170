// The line editor: plain inputs that take a paste from a spreadsheet, walk by keys and add up as one types.
import { composing, fill } from "./typing.js";
import { say } from "./copy.js";
import { column, decimalComma, figure, millionths, parse, shown, tsv } from "./grid.js";

class Sheet {
  constructor(table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.max = Number(table.dataset.max ?? 500);
    this.decimals = Number(table.dataset.decimals ?? 2);
    this.columns = [...table.tHead.querySelectorAll("[data-col]")].map((head) => ({ name: head.dataset.col, title: head.textContent, kind: head.dataset.kind ?? "text" }));
    this.strip = table.closest("section, form").querySelector("[data-strip]");
    this.before = null;
    table.addEventListener("paste", (event) => this.paste(event));
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("input", (event) => this.edited(event.target));
    document.addEventListener("click", (event) => this.click(event));
    this.total();
  }

  get rows() { return [...this.body.rows]; }
  cells(row) { return [...row.querySelectorAll(".cell")]; }
  cell(row, name) { return row.querySelector(`[data-col="${name}"]`); }
  /** A row in which only a unit or a choice stands is a spare one. */
  empty(row) { return this.cells(row).every((cell) => cell.value.trim() === "" || cell.dataset.col === "unit" || cell.matches("select")); }
  kind(name) { return this.columns.find((one) => one.name === name)?.kind; }

  /** What stands in the sheet, to be put back by one undo. */
  keep() {
    this.before = { html: this.rows.map((row) => row.cloneNode(true)), values: this.rows.map((row) => this.cells(row).map((cell) => cell.value)) };
  }

  undo() {
    if (!this.before) return;
    const { html, values } = this.before;
    this.before = null;
    this.body.replaceChildren(...html);
    this.rows.forEach((row, r) => this.cells(row).forEach((cell, c) => { cell.value = values[r][c]; }));
    this.strip.hidden = true;
    this.total();
  }

  /** Adds spare rows until there are so many; a new row is the last one without what stands in it. */
  grow(count) {
    while (this.body.rows.length < Math.min(count, this.max)) {
      const row = this.body.rows[this.body.rows.length - 1].cloneNode(true);
      for (const field of row.querySelectorAll("input, select")) {
        if (field.dataset.col === "unit") continue;
        field.value = "";
        field.removeAttribute("value");
        field.removeAttribute("aria-invalid");
        field.removeAttribute("id");
      }
      for (const output of row.querySelectorAll(".out, .ref, .pic")) output.textContent = "";
      this.body.append(row);
    }
    this.number();
  }

  /** Numbers rows, names and labels anew after rows came, went or moved. */
  number() {
    this.rows.forEach((row, at) => {
      // Rows count from 0 in names and from 1 for people.
      const index = row.querySelector(".idx");
      if (index) index.firstChild.textContent = String(at + 1);
      for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/\[\d+\]/, `[${at}]`);
      for (const field of row.querySelectorAll("[aria-label]")) field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, at + 1));
    });
  }

  edited(cell) {
    this.before = null;
    cell.removeAttribute("aria-invalid");
    this.total();
  }

  total() {
    const sums = {};
    for (const row of this.rows) {
      const values = {};
      for (const cell of this.cells(row)) values[cell.dataset.col] = cell.value.trim() ? millionths(cell.value) : undefined;
      const out = row.querySelector("[data-amount]");
      if (out) {
        const both = typeof values.quantity === "bigint" && typeof values.price === "bigint";
        // Each line is rounded by itself, as it is on paper.
        const unit = 10n ** BigInt(6 - this.decimals);
        const raw = both ? (values.quantity * values.price) / 1_000_000n : 0n;
        values.amount = both ? ((raw + (raw < 0n ? -unit : unit) / 2n) / unit) * unit : undefined;
        out.textContent = both ? shown(values.amount, this.decimals) : "";
      }
      for (const [name, value] of Object.entries(values)) if (typeof value === "bigint") sums[name] = (sums[name] ?? 0n) + value;
    }
    for (const output of this.table.querySelectorAll("[data-sum]")) {
      const name = output.dataset.sum;
      output.textContent = shown(sums[name] ?? 0n, Number(output.dataset.decimals ?? (name === "amount" ? this.decimals : 0)));
    }
  }

  paste(event) {
    const cell = event.target.closest("input.cell");
    const text = event.clipboardData.getData("text/plain");
    if (!cell || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const grid = parse(text);
    const names = grid[0].map((word) => column(word, this.columns));
    const headed = names.filter(Boolean).length >= 2;
    const rows = headed ? grid.slice(1) : grid;
    const from = this.rows.indexOf(cell.closest("tr"));
    const first = this.columns.findIndex(({ name }) => name === cell.dataset.col);
    const map = headed ? names : grid[0].map((_, at) => this.columns[first + at]?.name ?? "");
    const plan = { rows, map, from, titles: headed ? grid[0] : [] };
    const over = from + rows.length;
    if (over > this.max) return this.tell("tooMany", { max: this.max, rows: rows.length });
    const free = this.rows.slice(from, over).every((row) => this.empty(row));
    if (free && map.every(Boolean) && this.bad(plan) === 0) this.put(plan);
    else this.ask(plan);
  }

  /** How many cells of a figure's column are no figure. */
  bad({ rows, map }) {
    let count = 0;
    map.forEach((name, at) => {
      if (this.kind(name) !== "number") return;
      const cells = rows.map((row) => row[at]);
      const comma = decimalComma(cells);
      count += cells.filter((text) => text.trim() && figure(text, comma) === null).length;
    });
    return count;
  }

  /** Shows what was read before anything is overwritten, with a choice of column for each. */
  ask(plan) {
    const box = this.strip.querySelector("[data-strip-map]");
    box.replaceChildren(...plan.map.map((name, at) => {
      const select = document.createElement("select");
      const title = plan.titles[at] || fill(this.strip.dataset.column, { n: at + 1 });
      select.setAttribute("aria-label", title);
      select.append(new Option(`${title} → ${this.strip.dataset.skip}`, ""));
      for (const one of this.columns) select.append(new Option(`${title} → ${one.title}`, one.name, false, one.name === name));
      select.addEventListener("change", () => {
        plan.map[at] = select.value;
        this.tell("read", this.figures(plan), "ask");
      });
      return select;
    }));
    this.plan = plan;
    this.tell("read", this.figures(plan), "ask");
  }

  figures(plan) {
    return { rows: plan.rows.length, columns: plan.map.filter(Boolean).length, bad: this.bad(plan) };
  }

  put(plan) {
    this.keep();
    this.grow(plan.from + plan.rows.length);
    const rows = this.rows;
    plan.map.forEach((name, at) => {
      const number = this.kind(name) === "number";
      const comma = number && decimalComma(plan.rows.map((row) => row[at]));
      plan.rows.forEach((row, r) => {
        const cell = this.cell(rows[plan.from + r], name);
        if (!name || !cell) return;
        const text = row[at].trim();
        const read = number && text ? figure(text, comma) : text;
        // What cannot be read stays as typed and is marked; the server will name it.
        cell.value = read ?? text;
        if (read === null) cell.setAttribute("aria-invalid", "true");
        else cell.removeAttribute("aria-invalid");
      });
    });
    this.total();
    this.tell("filled", this.figures(plan), "undo");
  }

  tell(words, values, buttons = "") {
    const strip = this.strip;
    const text = values.bad === 0 || values.bad === undefined ? strip.dataset[`${words}All`] ?? strip.dataset[words] : strip.dataset[words];
    strip.querySelector("[data-strip-text]").textContent = fill(text, values);
    strip.querySelector("[data-strip-map]").hidden = buttons !== "ask";
    strip.querySelector("[data-strip-fill]").hidden = buttons !== "ask";
    strip.querySelector("[data-strip-cancel]").hidden = buttons === "undo";
    strip.querySelector("[data-strip-undo]").hidden = buttons !== "undo";
    strip.hidden = false;
  }

  click(event) {
    const on = (name) => event.target.closest(`[data-${name}]`);
    if (on("strip-fill") && this.plan) this.put(this.plan);
    else if (on("strip-undo")) this.undo();
    else if (on("strip-cancel")) this.strip.hidden = true;
    else if (on("lines-add")) {
      event.preventDefault();
      const count = this.rows.length;
      this.grow(count + 5);
      this.cells(this.rows[count] ?? this.rows[count - 1])[0]?.focus();
    } else if (on("lines-copy")) {
      const rows = this.rows.filter((row) => !this.empty(row)).map((row) => this.columns.map(({ name }) => this.cell(row, name)?.value ?? ""));
      const button = on("lines-copy");
      navigator.clipboard.writeText(tsv([this.columns.map(({ title }) => title), ...rows])).then(() => say(button, button.dataset.copied));
    }
  }

  key(event) {
    const cell = event.target.closest(".cell");
    if (!cell || composing(event)) return;
    const command = event.ctrlKey || event.metaKey;
    const row = cell.closest("tr");
    const at = this.rows.indexOf(row);
    const go = (to) => this.cell(this.rows[to] ?? row, cell.dataset.col)?.focus();
    const done = () => event.preventDefault();
    if (cell.matches("select") && !command) return;
    if (event.key === "Enter" && !command) {
      done();
      if (at + 1 === this.rows.length) this.grow(at + 2);
      go(at + 1);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const to = at + (event.key === "ArrowDown" ? 1 : -1);
      const other = this.rows[to];
      if (!other) return;
      if (event.altKey) {
        done();
        if (to > at) other.after(row);
        else other.before(row);
        this.before = null;
        this.number();
        cell.focus();
      } else if (this.kind(cell.dataset.col) === "number") {
        done();
        go(to);
      }
    } else if (command && event.key.toLowerCase() === "d" && at > 0) {
      done();
      cell.value = this.cell(this.rows[at - 1], cell.dataset.col)?.value ?? "";
      this.edited(cell);
    } else if (command && event.key === "Delete" && this.rows.length > 1) {
      done();
      this.keep();
      row.remove();
      this.number();
      this.total();
      go(Math.min(at, this.rows.length - 1));
      this.tell("removed", { n: at + 1 }, "undo");
    } else if (command && event.key.toLowerCase() === "z" && this.before) {
      done();
      this.undo();
    }
  }
}

for (const table of document.querySelectorAll("[data-lines]")) new Sheet(table);
