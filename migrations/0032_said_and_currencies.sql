-- What a side said about an issue carries the day it was said; the moment beside it is when somebody wrote it down.
alter table issue_message add column said_on date;

-- The deposit has one day wherever it stands: open items of running orders are worked out anew.
insert into job (id, work, due_at)
    select gen_random_uuid(), '{"is": "settle_orders"}', timestamptz '2026-01-01 00:00:00Z'
    where exists (select from export_order where condition in ('open', 'on_hold', 'cancelling'));

-- Currencies become cards that the administrator keeps: the code stays what orders carry, the decimals what ISO 4217 says.
-- An id is drawn where a currency is written by hand.
alter table currency
    add column id uuid not null default gen_random_uuid() constraint currency_id_key unique,
    add column search text not null default '',
    add column archived_at timestamptz,
    add column version int not null default 1,
    add constraint currency_code check (code ~ '^[A-Z]{3}$');
create index currency_name on currency ((lower(name_en)), id);
update currency set search = given.search from (values
    ('USD', ' dollar meiyuan my us usd y yuan 美元 '),
    ('EUR', ' eur euro ouyuan oy y yuan 欧元 '),
    ('GBP', ' b bang gbp pound sterling yb yingbang 英镑 '),
    ('CNY', ' b bi cny mb minbi renminbi rmb 人民币 '),
    ('JPY', ' japanese jpy riyuan ry y yen yuan 日元 '),
    ('AUD', ' adlyy aodaliyayuan aud australian daliyayuan dlyy dollar liyayuan lyy y yayuan yuan yy 澳大利亚元 '),
    ('CAD', ' cad canadian dayuan dollar dy jianadayuan jndy nadayuan ndy y yuan 加拿大元 '),
    ('HKD', ' dollar gangyuan gy hkd hong kong y yuan 港元 '),
    ('CHF', ' chf falang fl franc l lang rsfl ruishifalang sfl shifalang swiss 瑞士法郎 '),
    ('SGD', ' dollar jiapoyuan jpy poyuan py sgd singapore xinjiapoyuan xjpy y yuan 新加坡元 '),
    ('AED', ' aed alianqiudilamu alqdlm dilamu dirham dlm lamu lianqiudilamu lm lqdlm m mu qdlm qiudilamu uae 阿联酋迪拉姆 '),
    ('SAR', ' e er liyaer lye riyal sar saudi shateliyaer stlye teliyaer tlye yaer ye 沙特里亚尔 '),
    ('NZD', ' dollar lanyuan ly new nzd xilanyuan xinxilanyuan xly xxly y yuan zealand 新西兰元 '),
    ('SEK', ' diankelang dkl kelang kl krona l lang rdkl ruidiankelang sek swedish 瑞典克朗 '),
    ('NOK', ' kelang kl krone l lang nok norwegian nuoweikelang nwkl weikelang wkl 挪威克朗 '),
    ('DKK', ' danish danmaikelang dkk dmkl kelang kl krone l lang maikelang mkl 丹麦克朗 '),
    ('PLN', ' blzlt bolanziluoti lanziluoti lt luoti lzlt pln polish t ti ziluoti zloty zlt 波兰兹罗提 '),
    ('KRW', ' hanyuan hy korean krw south won y yuan 韩元 '),
    ('THB', ' baht taizhu thai thb tz z zhu 泰铢 '),
    ('MYR', ' jite jt laixiyalinjite linjite ljt lxyljt malaixiyalinjite malaysian mlxyljt myr ringgit t te xiyalinjite xyljt yalinjite yljt 马来西亚林吉特 '),
    ('ZAR', ' african feilante flt lante lt nanfeilante nflt rand south t te zar 南非兰特 '),
    ('MXN', ' bisuo bs gbs gebisuo mexican moxigebisuo mxgbs mxn peso s suo xgbs xigebisuo 墨西哥比索 '),
    ('TRY', ' eqll erqilila l la lila lira ll qilila qll teqll try tuerqilila turkish 土耳其里拉 '),
    ('RUB', ' b bu elslb eluosilubu lb lslb lubu luosilubu rouble rub russian silubu slb 俄罗斯卢布 '),
    ('KWD', ' dinaer dinar dne e er keweitedinaer kuwaiti kwd kwtdne naer ne tdne tedinaer weitedinaer wtdne 科威特第纳尔 ')
) as given (code, search) where given.code = currency.code;
