// One order paid by letter of credit, from the customer's sheet to the closed file: the bank's message is examined and
// mended, the vessel is missed and found again, the bill of lading corrected, and the documents fetch the money.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { close, open } from "./hands.mjs";
import { CARTONS, Walk, day, does, fill, follow, leave, paper, rows, send } from "./deeds.mjs";

const walk = new Walk("credit");
const here = { channel: "email" };
const HS = "6205909099";
let shipment;
let credit;
let set;

before(open);
after(close);

const swift = (ahead) => day(ahead).slice(2).replaceAll("-", "");
/** As the bank sends it; the tenor is not what was agreed. */
const message = () => [
    ":52A:SKARGARD BANK (DEMO), GOTHENBURG", ":27:1/1", ":40A:IRREVOCABLE", ":20:SKB26-LC-70533", `:31C:${swift(-1)}`,
    ":40E:UCP LATEST VERSION", `:31D:${swift(110)}NINGBO, CHINA`, ":50:NORDHAVN LIVING AB\nHAMNGATAN 8\n411 14 GOTEBORG",
    ":59:NINGBO HANYU IMPORT AND EXPORT (DEMO) CO., LTD.\nNO. 8 YANSHI ROAD, NINGBO, CHINA", ":32B:USD30863,00", ":39A:03/03",
    ":41D:ANY BANK IN CHINA\nBY NEGOTIATION", ":42C:60 DAYS AFTER SIGHT", ":42A:SKARGARD BANK (DEMO)", ":43P:ALLOWED",
    ":43T:ALLOWED", ":44E:NINGBO, CHINA", ":44F:GOTHENBURG, SWEDEN", `:44C:${swift(85)}`,
    ":45A:KNITTED AND WOVEN GARMENTS FOB NINGBO INCOTERMS 2020",
    ":46A:+SIGNED COMMERCIAL INVOICE IN 3 ORIGINALS\n+PACKING LIST IN 2 ORIGINALS\n+FULL SET 3/3 OF CLEAN ON BOARD BILLS OF LADING, MADE OUT TO ORDER OF ISSUING BANK, FREIGHT COLLECT",
    ":71D:ALL CHARGES OUTSIDE SWEDEN ARE FOR BENEFICIARY", ":48:21", ":49:WITHOUT",
].join("\n");

const vessel = (name, out) => ({
    booking_no: `HLGB-${name.split(" ")[1]}`, vessel: name, voyage: "043W", etd: day(out), eta: day(out + 35),
    si_cutoff: `${day(out - 5)}T12:00`, vgm_cutoff: `${day(out - 4)}T12:00`, cy_cutoff: `${day(out - 3)}T12:00`,
    customs_cutoff: `${day(out - 2)}T12:00`, said: "已放舱", ...here,
});

const step = (name, told) => test(name, () => walk.step(told));

// Each step takes up where the one before it ended.
describe("an order paid by letter of credit at sight", { concurrency: 1 }, () => {
    step("4 the salesperson opens it without samples and writes the proforma invoice", async () => {
        await walk.opens("zhou", { payment: "LC_SIGHT" });
        const gu = await walk.person("gu");
        await gu.goto(`/orders/${walk.order}`);
        await gu.locator(".oacts details.menu > summary").click();
        await leave(gu, gu.locator(".oacts a[href$='/skipping']"));
        await fill(gu, { reason: "翻单：客户不要样品" });
        await send(gu);
        await walk.stands(4, /起草形式发票/, "我方");
        const zhou = await walk.person("zhou");
        await zhou.goto(`/orders/${walk.order}`);
        await follow(zhou, "/proforma");
        await send(zhou, "form[action$='/proforma'] button[type=submit]");
        await fill(zhou, { discharge_port: "Gothenburg", ...rows((count, row) => ({
            cartons: count, gross_weight: count * 12, net_weight: count * 10.5, volume: (count * 0.096).toFixed(3), hs_code: HS,
        })) });
        await walk.shot(zhou, "4-draft");
        await send(zhou, ".form-acts button:not([value=submit])");
        const shen = await walk.person("shen");
        await walk.next();
        await follow(shen, "/proforma/1");
        await fill(shen, rows((_, row) => ({ factory: "宁波澜织", factory_price: row < 2 ? 42 : 34 })));
        await send(shen, ".form-acts button[value=submit]");
        await walk.stands(4, /审批形式发票/, "经理");
        await leave(await walk.task("gu", "审批形式发票"), gu.locator("button[value=approved]").filter({ visible: true }).first());
        await walk.stands(4, /发客户/, "我方");
        await does(await walk.next(), "/sending", here);
        await does(await walk.next(), "/confirmation", { answer: "confirmed", words: "Confirmed.", evidence: paper("mail.txt") });
        await walk.shot(shen, "4-confirmed");
    });

    step("5 the bank's message is examined, mended by an amendment, and opens the gate", async () => {
        await walk.stands(5, /催客户开证/, "我方");
        const shen = await walk.next();
        await does(shen, "/credit/new", { amount: "30863", issuing_bank: "Skargard Bank (Demo)", expected_on: day(5) });
        credit = new URL(shen.url()).pathname;
        await follow(shen, "/receipt");
        await fill(shen, { pasted: message() });
        await leave(shen, shen.locator("button[value=split]"));
        assert.equal(await shen.locator("[name=f_42C]").inputValue(), "60 DAYS AFTER SIGHT");
        await walk.shot(shen, "5-fields");
        await fill(shen, { paper: paper("mt700.txt", message()) });
        await send(shen, "button[value=receive]");
        await walk.abroad("shen", credit, "5-received");
        await follow(await walk.task("shen", "审证"), credit);
        await send(shen, "form[action$='/examination'] button");
        await walk.shot(shen, "5-findings");
        await does(shen, "/findings", {
            tag: "47A", theirs: "—", ours: "PI 没有写不符点费", severity: "advisory", ask: "Please confirm who bears the discrepancy fee.",
        });
        await does(shen, "/2/settlement", { words: "客户邮件确认：谁造成的谁付" });
        await does(shen, "/amendment-request");
        await walk.tells("shen", "请改证");
        await shen.goto(credit);
        await does(shen, "/amendments", { f_42C: "AT SIGHT" }, "button[value=receive]");
        await walk.shot(shen, "5-amendment");
        await send(shen, "form[action$='/acceptance'] button");
        await send(shen, "form[action$='/examination'] button");
        await send(shen, "form[action$='/workable'] button");
        await walk.shot(shen, "5-workable");
        await walk.abroad("shen", credit, "5-workable");
        await walk.stands(5, /下生产单/, "我方");
        await walk.next();
        await send(shen, "form[action$='/production'] button[type=submit]");
        await fill(shen, { quality: "AQL 2.5" });
        await send(shen, ".form-acts button.btn-main");
        await fill(shen, { to: "何厂长" });
        await send(shen);
        await walk.next();
        await fill(shen, { answer: "acknowledged", words: "收到", evidence: paper("wechat.txt") });
        await send(shen);
    });

    step("6 the goods are made and inspected", async () => {
        await walk.stands(6, /开工/, "工厂");
        const shen = await walk.next();
        await send(shen, "form[action$='/start'] button");
        await does(shen, "/ready");
        await walk.stands(6, /安排尾期验货/, "我方");
        await does(await walk.next(), "/inspections/new", { on: day(), inspector: "李验" });
        await does(await walk.next(), "/record");
        await does(await walk.next(), "/verdict", { verdict: "passed" });
        await walk.stands(7, /结掉生产单/, "我方");
        await send(await walk.next(), "form[action$='/closing'] button");
    });

    step("7 the vessel is missed, the forwarder warned, another booked; the customs let the goods go", async () => {
        await walk.stands(7, /计划出运/, "我方");
        const shen = await walk.next();
        await send(shen);
        shipment = new URL(shen.url()).pathname;
        await does(await walk.next(), "/booking-request", {
            forwarder: "海翎", equipment: "1×20GP", ready_on: day(20), wanted_on: day(30), discharge_port: "Gothenburg",
        });
        await does(await walk.next(), "/booking", vessel("HAI LING 8", 30));
        await shen.goto(shipment);
        await shen.locator("main details.menu > summary").filter({ visible: true }).last().click();
        await does(shen, "/warning", { ready_on: day(34), reason: "面料晚到三天", ...here });
        await walk.shot(shen, "7-slip");
        await walk.tellsAll("shen");
        await walk.stands(7, /等货代改配/, "货代");
        await does(await walk.next(), "/rebooking", vessel("HAI LING 9", 44));
        await walk.tellsAll("shen");
        await shen.goto(shipment);
        await follow(shen, "/packing-list");
        await send(shen);
        await shen.goto(shipment);
        await does(shen, "/customs-set", { invoice: true, packing_list: true, elements: true, contract: true, power_of_attorney: true });
        await does(shen, "/customs-documents", here);
        await does(await walk.task("shen", "进港"), "/gate-in", here);
        await follow(shen, "/declarations");
        await does(shen, "/declarations/new");
        await does(shen, "/1/sending", here);
        await does(shen, "/1/number", { number: `310120260${walk.order.replace(/\D/g, "").padStart(9, "0")}`, ...here });
        await does(shen, "/1/release", here);
        await does(await walk.task("shen", "放行"), "/customs-release", here);
        await walk.shot(shen, "7-shipment");
    });

    step("8 the goods are loaded, the bill of lading corrected and confirmed", async () => {
        const shen = await walk.stands(8, /补料/, "我方");
        await does(await walk.next(), "/instructions", { consignee: "TO ORDER OF SKARGARD BANK (DEMO)" });
        await walk.task("shen", "装柜数据");
        await fill(shen, {
            number: "MSCU6639870", kind: "20GP", seal: "HL889900", cartons: 178, gross_kg: 2136, cbm: 17.088,
            vgm_method: "2", tare_kg: 2200, dunnage_kg: 0, signed_by: "沈小禾",
        });
        await send(shen, "form[action$='/loading'] button.btn-main");
        await does(await walk.task("shen", "等开船"), "/departure", here);
        await walk.tells("shen", "装船通知");
        const draft = {
            shipper: "Ningbo Hanyu Import & Export (Demo) Co., Ltd.\nNo. 8 Yanshi Road, Haishu District, Ningbo, China",
            consignee: "TO ORDER OF SKARGARD BANK (DEMO)", vessel: "HAI LING 9 043W", loading_port: "Ningbo",
            discharge_port: "Gothenburg", marks: "HTK / PO 4500123987 / HAMBURG / C/NO. 1-UP", containers: "MSCU6639870/HL889900",
            description: "LADIES KNITTED CARDIGAN, 60% COTTON 40% ACRYLIC\nMEN’S WOVEN SHIRT, 100% COTTON POPLIN, 120 G/M²\nKIDS PADDED VEST, SHELL 100% NYLON",
            cartons: 178, gross_kg: 2163, cbm: 17.088, freight: "collect", ...here,
        };
        await shen.goto(`${shipment}/transport-document`);
        await does(shen, "/draft", draft);
        await send(shen, "form[action$='/check'] button");
        await walk.shot(shen, "8-difference");
        await does(shen, "/draft", { ...draft, gross_kg: 2136 });
        await send(shen, "form[action$='/check'] button");
        await walk.shot(shen, "8-checked");
        await leave(shen, shen.locator(".head a.btn-main"));
        await send(shen);
        await walk.stands(8, /客户确认.*样本/, "客户");
        await does(await walk.next(), "/confirmation", { who: "Erik Lund", said: "The draft is fine.", ...here });
        await does(shen, "/issue", { number: "HLGB26120009", form: "originals", originals: 3 });
        await walk.tellsAll("shen");
    });

    step("8 all documents go to the bank, which finds something, and then honours", async () => {
        await walk.stands(8, /制单/, "我方");
        const shen = await walk.next();
        await send(shen, "form[action$='/presentations'] button");
        set = new URL(shen.url()).pathname.replace("/edit", "");
        await walk.shot(shen, "8-checklist");
        await fill(shen, {
            bank: "甬屿银行（演示）国际业务部",
            ...Object.fromEntries([3, 2, 3].flatMap((there, row) => [
                [`papers[${row}][originals_present]`, there], [`papers[${row}][examined]`, true],
            ])),
        });
        await send(shen, "button[value=complete]");
        await walk.stands(8, /交单|银行/, "我方");
        await follow(await walk.next(), set);
        await does(shen, "/presenting");
        await walk.abroad("shen", set, "8-presented");
        const xu = await walk.person("xu");
        await xu.goto(set);
        await does(xu, "/discrepancy", { words: "Packing list: gross weight differs" });
        await walk.stands(8, /不符点/, "我方");
        await follow(await walk.next(), set);
        await does(shen, "/correction", { words: "Corrected packing list presented" });
        await walk.shot(shen, "8-answered");
        await xu.goto(set);
        await does(xu, "/honour", { words: "Honoured" });
        await walk.shot(xu, "8-honoured");
        await walk.abroad("xu", set, "8-honoured");
    });

    step("9 the bank pays, the papers go to finance, the rebate is claimed and the file closed", async () => {
        await walk.receives("30863.00", "honoured", { charges: "40", account: "甬屿" });
        const xu = await walk.person("xu");
        await xu.goto(set);
        await does(xu, "/payment", { words: "Paid" });
        await xu.goto(credit);
        await does(xu, "/drawings", { shipment: shipment.split("/").at(-1), amount: "30863" });
        await walk.shot(xu, "9-drawn");
        let shen = await walk.task("shen", "退单");
        const papers = await shen.locator("main a[href*='/papers/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
        for (const one of papers) await does(shen, one, { from: "海翎国际货运" });
        await does(shen, "/handing-over");
        await send(await walk.task("xu", "点收"), "form[action$='/taking'] button");
        await walk.task("xu", "配收汇");
        await send(xu, "form[action$='/matching'] button.btn-main");
        await walk.shot(xu, "9-verified");
        await walk.claimsRebate(shipment, { hs_code: HS, quantity: 4260, gross: 153_100 });
        await walk.abroad("xu", new URL(xu.url()).pathname, "9-rebate");
        await does(await walk.task("shen", "到港"), "/arrival", here);
        await walk.hearsAll("shen");
        const last = await walk.stands(9, /结案/, "财务", "xu");
        await walk.next("xu");
        await send(last);
        await walk.abroad("gu", `/orders/${walk.order}`, "9-closed");
        assert.ok(CARTONS.length);
    });

    test("nothing went wrong on the way", () => walk.clean());
});
