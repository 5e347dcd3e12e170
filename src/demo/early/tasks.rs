//! Tasks by hand 手工待办: what colleagues wrote for themselves and for each other, on the orders of the demo and beside them.

use crate::demo::story::missing;
use crate::demo::telling::{back, clock, who};
use crate::desk::acts;
use crate::web::{App, Result};
use chrono::{DateTime, TimeDelta, Utc};

/// Who gave it, who does it, title of the order (none: beside all orders), when it was written, the day it is due, its
/// hour, its words. Days are working days ago for the first and days ahead for the second. What hangs on an order is
/// written after everything that has happened there.
type Task = (
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    &'static str,
    &'static str,
);

const TASKS: [Task; 22] = [
    (
        "shen",
        "shen",
        "帆布托特包，皮拉片",
        2,
        -1,
        "",
        "致电 DHL：单号四天没有轨迹，问清件卡在哪里",
    ),
    (
        "zhou",
        "shen",
        "亚麻衬衫 2 款",
        0,
        0,
        "16:00",
        "B 缸色差补拍两张自然光照片，发 Emma",
    ),
    (
        "shen",
        "shen",
        "炻瓷餐具 16 件套",
        0,
        0,
        "",
        "提单装货港写法对信用证 44E 再核一遍",
    ),
    (
        "gu",
        "shen",
        "针织T恤 5 色",
        0,
        2,
        "",
        "下次报价前把棉纱涨价单附上",
    ),
    (
        "shen",
        "zhou",
        "窑变釉碗组",
        1,
        0,
        "11:00",
        "样品四天没有回音，请给 Erik 打个电话",
    ),
    (
        "zhou",
        "tang",
        "羊毛混纺大衣",
        0,
        0,
        "",
        "里料克重问章敏，写进样板单再送签",
    ),
    (
        "tang",
        "tang",
        "竹制壁架",
        0,
        0,
        "12:00",
        "客户后来的两条意见译成中文，发郎经理",
    ),
    (
        "he",
        "tang",
        "儿童雨衣",
        0,
        1,
        "",
        "热压胶条换 20 mm 的，差价先问澜织",
    ),
    (
        "lu",
        "lu",
        "LED 壁灯 W2",
        0,
        0,
        "",
        "寄样前拍开箱视频，线材标签朝外",
    ),
    (
        "lu",
        "he",
        "条纹沙滩包",
        0,
        0,
        "15:00",
        "给 Ruth 打电话要定金水单，工厂在等排期",
    ),
    (
        "lu",
        "xu",
        "陶瓷花盆 3 件套",
        0,
        5,
        "",
        "甬屿银行通知来证后先告诉我，当天审",
    ),
    (
        "xu",
        "shen",
        "LED 灯带套装 5 米",
        0,
        0,
        "",
        "9,935 美元待认领，看备注像这一单的定金，请确认",
    ),
    (
        "shen",
        "shen",
        "清酒器 5 件套",
        0,
        0,
        "16:30",
        "问余师傅回签，不要拖过今天",
    ),
    (
        "tang",
        "tang",
        "相思木花园长椅，春季单",
        0,
        1,
        "",
        "问工厂能不能分两批，先出 400 条",
    ),
    (
        "lu",
        "lu",
        "丝绒矮凳",
        0,
        1,
        "17:00",
        "到点没有回音就打 Omar 电话",
    ),
    (
        "he",
        "lu",
        "太阳能庭院灯",
        0,
        0,
        "",
        "Camila 发来光电板规格书，填进样板单",
    ),
    (
        "tang",
        "shen",
        "羊毛混纺大衣",
        0,
        1,
        "",
        "我明天起休假，退回的样板单补好后请帮我送签",
    ),
    ("xu", "xu", "", 1, 4, "", "月底前把两个账户的对账单归档"),
    ("fang", "xu", "", 1, 1, "", "上周结汇水单的扫描件还差一张"),
    (
        "gu",
        "gu",
        "",
        0,
        0,
        "17:00",
        "江予宁休假期间，她那边的审批下午看一次",
    ),
    ("qin", "gu", "", 2, 4, "", "十二月备货资金表给我一份"),
    ("gu", "zhou", "", 2, 3, "", "下周去哥德堡的行程定下来"),
];

pub(super) async fn write(app: &App, now: DateTime<Utc>) -> Result<()> {
    for (giver, owner, title, written, due, hour, words) in TASKS {
        let at = clock((app, now), (back((app, now), written), 17));
        let by = who(app, giver, at).await?;
        let order = if title.is_empty() {
            String::new()
        } else {
            number(app, title).await?
        };
        let local = now.with_timezone(&app.config.zone) + TimeDelta::days(due);
        let day = local.date_naive().to_string();
        let owner = format!("{owner}@hanyu.example");
        let typed = [
            ("text", words),
            ("day", &day),
            ("time", hour),
            ("owner", &owner),
            ("order", &order),
        ];
        acts::give_task(app, by, &typed).await?;
    }
    Ok(())
}

/// The number of the order of this title.
async fn number(app: &App, title: &str) -> Result<String> {
    let mut db = app.db.acquire().await?;
    let found = sqlx::query_scalar!(
        "select o.number from export_order o where o.title = $1
             and order_in_reach(true, '{}', null, o.department, o.salesperson, o.operator)
         order by o.opened_at desc, o.id desc limit 1",
        title,
    )
    .fetch_optional(&mut *db)
    .await?;
    found.ok_or_else(missing)
}
