// A pasted grid: text with tabs into rows of cells, header words into columns, typed figures into plain ones.

/** Tab-separated text as spreadsheets write it: quotes around cells with breaks, doubled quotes, CRLF or LF. */
export function parse(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  let fresh = true;
  const close = () => {
    rows[rows.length - 1].push(cell);
    cell = "";
    fresh = true;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
      continue;
    }
    if (c === '"' && fresh) quoted = true;
    else if (c === "\t") close();
    else if (c === "\n" || c === "\r") {
      if (c === "\r" && text[i + 1] === "\n") i++;
      close();
      rows.push([]);
      continue;
    } else cell += c;
    fresh = c === "\t";
  }
  close();
  const end = rows[rows.length - 1];
  if (rows.length > 1 && end.length === 1 && end[0] === "") rows.pop();
  const width = Math.max(...rows.map((row) => row.length));
  for (const row of rows) while (row.length < width) row.push("");
  return rows;
}

const WORDS = {
  style: "款号 款式 货号 编号 style styleno styleno. item itemno itemno. article art art. artno art.no. sku model",
  description: "品名 品名规格 名称 描述 description descriptionofgoods itemname goods product name",
  description_zh: "中文品名 chinesename descriptioninchinese",
  colour: "颜色 色号 colour color shade",
  size: "尺码 规格 size",
  quantity: "数量 订单数量 qty q'ty qty. quantity pcs pieces orderqty",
  unit: "单位 unit uom",
  price: "单价 价格 price unitprice u.p. u/p up fob fobprice cif",
  factory_price: "工厂价 采购价 出厂价 factoryprice cost",
  hs_code: "海关编码 hs编码 税号 hscode hs hsno. h.s.code",
  amount: "金额 总价 小计 amount total totalamount value",
  cartons: "箱数 件数 ctns ctn cartons cartonqty",
  gross_weight: "毛重 总毛重 g.w. gw g.w grossweight",
  net_weight: "净重 总净重 n.w. nw n.w netweight",
  volume: "体积 cbm meas meas. measurement volume m³",
  delivery: "交期 交货期 delivery deliverydate shipdate exfactory etd",
  remark: "备注 remark remarks note notes comment",
};

const plain = (word) => word.normalize("NFKC").toLowerCase().replace(/[(（\[].*$/, "").replace(/\b(usd|eur|gbp|cny|rmb|kg|kgs|m3)\b/g, "").replace(/[\s:：_-]+/g, "");

/** Which column a header word means, among those the sheet has. */
export function column(word, columns) {
  const key = plain(word);
  if (!key) return "";
  return columns.find(({ name, title }) => plain(title) === key || (WORDS[name] ?? name).split(" ").includes(key))?.name ?? "";
}

/** Whether the figures of a column use a decimal comma: some say so, none says otherwise. */
export const decimalComma = (cells) =>
  cells.some((cell) => /\d,\d{1,2}\D*$|\d,\d{4,}/.test(cell)) && !cells.some((cell) => /\d\.\d{1,2}\D*$|\d,\d{3}[,.]/.test(cell));

/** A typed figure as plain digits with a point, or null: `1,200 pcs`, `US$5.20`, `１，２００`, `6,40` in a comma column. */
export function figure(text, comma = false) {
  let s = text.normalize("NFKC").trim().replace(/[−–]/g, "-").replace(/[¥￥$€£]|^[a-z]{2,3}\s*\$?(?=[\d.-])|(?<=[\d.])\s*[a-z\u4e00-\u9fff/]+\.?$/gi, "").trim();
  if (comma) s = s.replace(/[.\s']/g, "").replace(",", ".");
  else if (/^-?\d{1,3}([,\s']\d{3})+(\.\d*)?$/.test(s)) s = s.replace(/[,\s']/g, "");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(s) ? s : null;
}

/** A figure in millionths, exact: money is never a float. */
export function millionths(text) {
  const plain = figure(text);
  if (plain === null) return null;
  const [whole, part = ""] = plain.replace("-", "").split(".");
  const value = BigInt((whole || "0") + part.slice(0, 6).padEnd(6, "0"));
  return plain.startsWith("-") ? -value : value;
}

/** Millionths as `38,640.00`, rounded half up. */
export function shown(value, decimals) {
  const unit = 10n ** BigInt(6 - decimals);
  const size = value < 0n ? -value : value;
  const digits = ((size + unit / 2n) / unit).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0n && /[1-9]/.test(digits) ? "−" : "";
  return sign + whole + (decimals ? "." + digits.slice(-decimals) : "");
}

/** Rows as tab-separated text that a spreadsheet takes back. */
export const tsv = (rows) => rows.map((row) => row.map((cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\r\n");
