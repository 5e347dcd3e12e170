// One order paid by transfer, from the customer's sheet to the closed file, by everybody who has a hand in it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { close, open } from "./hands.mjs";
import { CARTONS, Walk, day, does, fill, follow, leave, paper, rows, send } from "./deeds.mjs";

const walk = new Walk("nine");
const here = { channel: "email" };
let shipment;

before(open);
after(close);

/** What the workshop finds wrong goes to the salesperson, to the customer, and back to the workshop. */
async function bridged(shen) {
    await shen.goto(`/orders/${walk.order}`);
    await follow(shen, "/issues");
    await does(shen, "/issues/new", {
        title: "B 缸色差", kind: "shade", severity: "major", from: "factory", who: "何厂长", channel: "wechat", words: "B 缸偏浅，重染要 8 天",
    });
    await send(shen, "form[action$='/sales'] button");
    await walk.stands(6, /B 缸色差/, "我方");
    const zhou = await walk.task("zhou", "B 缸色差");
    await does(zhou, "/question", { words: "Lot B is lighter. Do you accept it, packed apart?" });
    await walk.tells("shen", "B 缸色差");
    await walk.stands(6, /B 缸色差/, "客户");
    await does(await walk.task("zhou", "B 缸色差"), "/agreement", {
        result: "收下 B 缸\n单独装箱", bearer: "factory", who: "Erik Lund", ...here, words: "We accept lot B, packed apart.",
    });
    await walk.shot(zhou, "6-agreed");
    await walk.abroad("zhou", new URL(zhou.url()).pathname, "6-agreed");
    await walk.task("shen", "B 缸色差");
    await does(shen, "/conveyance");
    await walk.tells("shen", "B 缸色差");
    await shen.goto(`/orders/${walk.order}/issues/1`);
    await does(shen, "/acknowledgement", { who: "何厂长", channel: "wechat", words: "明白，分开装箱" });
    await does(shen, "/resolution", { words: "已分开装箱" });
    await send(shen, "form[action$='/closing'] button");
    await walk.shot(shen, "6-issue");
}

const step = (name, told) => test(name, () => walk.step(told));

// Each step takes up where the one before it ended.
describe("the nine steps of an order paid by transfer", { concurrency: 1 }, () => {
    step("0 the customer's sheet becomes an order", async () => {
        await walk.opens("shen", { payment: "TT_30_70_COPY" });
    });

    step("1 the sample note is written, signed, sent and acknowledged", async () => {
        await walk.stands(1, /填写样板单/, "我方");
        let shen = await walk.task("shen", "填写样板单");
        await send(shen, "form[action$='/samples'] button[type=submit]");
        await fill(shen, {
            factory: "宁波澜织", required_on: day(14), material: "60% 棉 40% 腈纶", size_chart: "胸围 102 ±1\n衣长 66 ±1",
            details: "门襟扣距 8 cm\n领口加固双线", files: paper("chart.txt"),
        });
        await send(shen, ".form-acts button[value=submit]");
        await walk.stands(1, /签样板单/, "经理");
        const gu = await walk.task("gu", "签样板单");
        await walk.shot(gu, "1-signature");
        await leave(gu, gu.locator("button[value=approved]").filter({ visible: true }).first());
        await walk.stands(1, /发给工厂/, "我方");
        await does(await walk.next(), "/sending", here);
        await walk.stands(1, /签收样板单/, "工厂");
        shen = await walk.next();
        await does(shen, "/acknowledgement", { ...here, words: "收到" });
        await walk.shot(shen, "1-note");
        await walk.abroad("shen", `/orders/${walk.order}`, "1-order");
    });

    step("2 the sample comes in and goes to the customer, who is told the number", async () => {
        await walk.stands(2, /收工厂的样品/, "工厂");
        await does(await walk.next(), "/receipt");
        await walk.stands(2, /寄给客户/, "我方");
        const shen = await walk.next();
        await follow(shen, "note=1-1");
        await send(shen);
        await walk.stands(2, /寄出快递 1/, "我方");
        await walk.next();
        await fill(shen, { courier: "DHL", waybill: "7389 1051 146" });
        await send(shen);
        await walk.stands(2, /传达：DHL/, "我方");
        await walk.tells("shen", "传达：DHL");
        await shen.goto(`/orders/${walk.order}/samples`);
        await walk.shot(shen, "2-parcel");
        await walk.abroad("shen", `/orders/${walk.order}/samples`, "2-parcel");
        // A receipt that is awaited moves nothing and hides nothing.
        await walk.stands(3, /客户确认样品/, "客户");
    });

    step("3 the customer's verdict is noted and passed on to the factory", async () => {
        const shen = await walk.next();
        await does(shen, "/verdict", {
            who: "Erik Lund", ...here, overall_verdict: "approved_with_comments", overall_words: "Please make the placket 2 mm wider.",
        });
        await walk.shot(shen, "3-verdict");
        await walk.stands(3, /传达：S1 r1/, "我方");
        await walk.tells("shen", "传达：S1 r1");
        await walk.stands(4, /起草形式发票/, "我方");
        await walk.hears("shen", "等回执：S1 r1", "何厂长");
    });

    step("4 the proforma invoice is written, approved, sent and confirmed", async () => {
        const shen = await walk.task("shen", "起草形式发票");
        await send(shen, "form[action$='/proforma'] button[type=submit]");
        await fill(shen, { discharge_port: "Gothenburg", ...rows((count, row) => ({
            cartons: count, gross_weight: count * 12, net_weight: count * 10.5, volume: (count * 0.096).toFixed(3),
            hs_code: row < 2 ? "6110200090" : "6205909099", factory: "宁波澜织", factory_price: row < 2 ? 42 : 34,
        })) });
        await send(shen, ".form-acts button[value=submit]");
        await walk.stands(4, /审批形式发票/, "经理");
        const gu = await walk.task("gu", "审批形式发票");
        await walk.shot(gu, "4-approval");
        await leave(gu, gu.locator("button[value=approved]").filter({ visible: true }).first());
        await walk.stands(4, /发客户/, "我方");
        await does(await walk.next(), "/sending", here);
        await walk.stands(4, /客户确认形式发票/, "客户");
        await does(await walk.next(), "/confirmation", { answer: "confirmed", words: "Confirmed.", evidence: paper("mail.txt") });
        await walk.abroad("shen", new URL(shen.url()).pathname, "4-proforma");
    });

    step("5 the production order waits for the deposit and is acknowledged", async () => {
        await walk.stands(5, /下生产单/, "我方");
        const shen = await walk.next();
        await send(shen, "form[action$='/production'] button[type=submit]");
        await fill(shen, { quality: "按确认样 S1 r1；AQL 2.5" });
        await walk.shot(shen, "5-draft");
        await send(shen, ".form-acts button:not([value=issue]):not(.btn-main)");
        await walk.stands(5, /到账/, "客户");
        await walk.receives("9258.90", "deposit");
        await walk.stands(5, /下给工厂/, "我方");
        await walk.next();
        await send(shen, ".form-acts button.btn-main");
        await fill(shen, { to: "何厂长" });
        await send(shen);
        await walk.stands(5, /工厂回执/, "工厂");
        await walk.next();
        await fill(shen, { answer: "acknowledged", words: "收到，按此生产", evidence: paper("wechat.txt") });
        await send(shen);
        await walk.shot(shen, "5-acknowledged");
    });

    step("6 the goods are made and inspected", async () => {
        await walk.stands(6, /开工/, "工厂");
        const shen = await walk.next();
        await send(shen, "form[action$='/start'] button");
        await walk.task("shen", "问工厂进度");
        await fill(shen, Object.fromEntries(CARTONS.map((_, row) => [`at[${row}][cutting]`, "300"])));
        await send(shen);
        await walk.shot(shen, "6-progress");
        await bridged(shen);
        await shen.goto(`/orders/${walk.order}`);
        await follow(shen, "/production");
        await follow(shen, "/production/1-1");
        await does(shen, "/ready");
        await walk.stands(6, /安排尾期验货/, "我方");
        await does(await walk.next(), "/inspections/new", { on: day(), inspector: "李验" });
        await walk.stands(6, /登记验货 1/, "我方");
        await does(await walk.next(), "/record");
        await walk.stands(6, /判定验货 1/, "我方");
        await does(await walk.next(), "/verdict", { verdict: "passed" });
        await walk.stands(7, /结掉生产单/, "我方");
        await send(await walk.next(), "form[action$='/closing'] button");
    });

    step("7 space is booked, the customs set is sent, the goods are released", async () => {
        await walk.stands(7, /计划出运/, "我方");
        const shen = await walk.next();
        await walk.shot(shen, "7-plan");
        await send(shen);
        shipment = new URL(shen.url()).pathname;
        await walk.stands(7, /订舱/, "我方");
        await does(await walk.next(), "/booking-request", {
            forwarder: "海翎", equipment: "1×20GP", ready_on: day(30), wanted_on: day(40), discharge_port: "Gothenburg",
        });
        await walk.stands(7, /放舱/, "货代");
        await does(await walk.next(), "/booking", {
            booking_no: "HLGB26120001", said: "已放舱", vessel: "HAI LING 8", voyage: "026W", etd: day(40), eta: day(75),
            si_cutoff: `${day(35)}T12:00`, vgm_cutoff: `${day(36)}T12:00`, cy_cutoff: `${day(37)}T12:00`,
            customs_cutoff: `${day(38)}T12:00`, ...here,
        });
        await walk.tells("shen", "船期");
        await walk.tells("shen", "截止时间");
        await walk.shot(await walk.stands(7, /补料/, "我方"), "7-order");
        await walk.task("shen", "报关资料");
        await follow(shen, "/packing-list");
        assert.equal(await shen.locator("[name='lines[0][cartons]']").inputValue(), "36", "the order knows its cartons");
        await send(shen);
        await shen.goto(shipment);
        await does(shen, "/customs-set", { invoice: true, packing_list: true, elements: true, contract: true, power_of_attorney: true });
        await does(shen, "/customs-documents", here);
        await walk.shot(shen, "7-shipment");
        await walk.abroad("shen", shipment, "7-shipment");
        await does(await walk.task("shen", "进港"), "/gate-in", here);
        await follow(shen, "/declarations");
        await does(shen, "/declarations/new");
        await does(shen, "/1/sending", here);
        await does(shen, "/1/number", { number: `310120260${walk.order.replace(/\D/g, "").padStart(9, "0")}`, ...here });
        await does(shen, "/1/release", here);
        await does(await walk.task("shen", "放行"), "/customs-release", here);
    });

    step("8 the goods sail, the bill of lading is confirmed, paid for and let go", async () => {
        const shen = await walk.stands(8, /补料/, "我方");
        await does(await walk.next(), "/instructions");
        await walk.task("shen", "装柜数据");
        await fill(shen, {
            number: "MSCU6639870", kind: "20GP", seal: "HL889900", cartons: 178, gross_kg: 2136, cbm: 17.088,
            vgm_method: "2", tare_kg: 2200, dunnage_kg: 0, signed_by: "沈小禾",
        });
        await send(shen, "form[action$='/loading'] button.btn-main");
        await walk.shot(shen, "8-loading");
        await does(await walk.task("shen", "等开船"), "/departure", here);
        await walk.tells("shen", "装船通知");
        await walk.stands(8, /提单样本/, "货代");
        await does(await walk.next(), "/draft", {
            shipper: "Ningbo Hanyu Import & Export (Demo) Co., Ltd.\nNo. 8 Yanshi Road, Haishu District, Ningbo, China",
            consignee: "Nordhavn Living AB\nHamngatan 8\n411 14 Göteborg\nSweden", vessel: "HAI LING 8 026W", loading_port: "Ningbo",
            discharge_port: "Gothenburg", marks: "HTK / PO 4500123987 / HAMBURG / C/NO. 1-UP", containers: "MSCU6639870/HL889900",
            description: "LADIES KNITTED CARDIGAN, 60% COTTON 40% ACRYLIC\nMEN’S WOVEN SHIRT, 100% COTTON POPLIN, 120 G/M²\nKIDS PADDED VEST, SHELL 100% NYLON",
            cartons: 178, gross_kg: 2136, cbm: 17.088, freight: "collect", ...here,
        });
        await walk.shot(shen, "8-draft");
        await send(shen, "form[action$='/check'] button");
        await leave(shen, shen.locator(".head a.btn-main"));
        await send(shen);
        await walk.stands(8, /客户确认.*样本/, "客户");
        await does(await walk.next(), "/confirmation", { who: "Erik Lund", said: "The draft is fine.", ...here });
        await does(shen, "/issue", { number: "HLGB26120001" });
        await walk.stands(8, /传达.*提单副本/, "我方");
        await walk.tells("shen", "提单副本");
        await walk.stands(8, /货款|尾款/, "我方");
        await walk.next();
        await send(shen);
        await walk.tells("shen", "货款到期");
        await walk.stands(8, /货款|尾款/, "客户");
        await walk.receives("21604.10", "balance");
        await walk.stands(8, /放单/, "我方");
        await does(await walk.next(), "/release");
        await walk.abroad("shen", new URL(shen.url()).pathname, "8-transport-document");
    });

    step("9 the papers go to finance, who verify, settle the rebate and close", async () => {
        const shen = await walk.task("shen", "退单");
        const papers = await shen.locator("main a[href*='/papers/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
        for (const one of papers) await does(shen, one, { from: "海翎国际货运" });
        await does(shen, "/handing-over");
        await walk.shot(shen, "9-hand-over");
        const xu = await walk.task("xu", "点收");
        await send(xu, "form[action$='/taking'] button");
        await walk.task("xu", "配收汇");
        await send(xu, "form[action$='/matching'] button.btn-main");
        await walk.shot(xu, "9-verification");
        await walk.claimsRebate(shipment, { hs_code: "6205909099", quantity: 4260, gross: 164_560 });
        await does(await walk.task("shen", "到港"), "/arrival", here);
        await walk.hearsAll("shen");
        const last = await walk.stands(9, /结案/, "财务", "xu");
        await walk.next("xu");
        await send(last);
        await shen.goto(`/orders/${walk.order}`);
        await walk.shot(shen, "9-closed");
        await walk.abroad("gu", `/orders/${walk.order}`, "9-closed");
    });

    test("nothing went wrong on the way", () => walk.clean());
});
