-- Catalog: ports, currencies, units, couriers, products, and rates by day.

create table port (
    id uuid primary key,
    -- UN/LOCODE; its first two letters are the country.
    code char(5) not null constraint port_code_key unique,
    name_en text not null,
    name_zh text not null,
    -- IANA zone in which the port's cut-offs are said.
    zone text not null,
    -- Made at save like those of parties; the rows below carry what the same function makes.
    search text not null,
    archived_at timestamptz,
    version int not null default 1
);
create index port_name on port ((lower(name_en)), id);
select grant_app('select, insert, update', 'port');

create table currency (
    code char(3) primary key,
    name_zh text not null,
    name_en text not null,
    decimals smallint not null default 2 check (decimals between 0 and 3),
    -- Bank charges forgiven when a receipt comes in short; null: finance has set none.
    tolerance numeric(18, 4) check (tolerance >= 0),
    -- Where it stands in a choice; the most used first.
    place smallint not null
);
select grant_app('select, insert, update', 'currency');

create table unit (
    -- As lines and papers carry it.
    code text primary key,
    name_zh text not null,
    name_en text not null,
    -- Number of the customs table 计量单位代码; '' where it has none.
    customs text not null default '' check (customs ~ '^([0-9]{3})?$'),
    place smallint not null
);
select grant_app('select, insert, update', 'unit');

create table courier (
    code text primary key,
    name_zh text not null,
    name_en text not null,
    -- Address of the tracking page with {number} in it.
    tracking text not null default '',
    place smallint not null
);
select grant_app('select, insert, update', 'courier');

create table product (
    id uuid primary key,
    code text not null constraint product_code_key unique,
    item_no text not null constraint product_item_no_key unique,
    customer_item_no text not null default '',
    -- Made for this customer only.
    customer uuid references customer on delete restrict,
    name_en text not null,
    name_zh text not null default '',
    search text not null,
    family text not null default '',
    spec text not null default '',
    hs_code text not null default '' check (hs_code ~ '^([0-9]{10})?$'),
    -- Declaration elements 申报要素, as the declaration asks for them.
    elements text not null default '',
    unit text not null references unit on delete restrict,
    per_carton numeric(18, 4) check (per_carton >= 0),
    -- Centimetres and kilograms of one full carton.
    carton_length numeric(10, 2) check (carton_length >= 0),
    carton_width numeric(10, 2) check (carton_width >= 0),
    carton_height numeric(10, 2) check (carton_height >= 0),
    gross numeric(12, 3) check (gross >= 0),
    net numeric(12, 3) check (net >= 0),
    archived_at timestamptz,
    version int not null default 1,
    check (net <= gross)
);
create index product_item on product ((lower(item_no)), id);
create index product_customer on product (customer);
select grant_app('select, insert, update', 'product');

-- RMB for one unit of the currency, the bank's buying rate 现汇买入价.
create table exchange_rate (
    currency char(3) not null references currency on delete restrict,
    day date not null,
    rate numeric(18, 6) not null check (rate > 0),
    source text not null default '',
    primary key (currency, day)
);
create index exchange_rate_day on exchange_rate (day desc, currency);
select grant_app('select, insert, update', 'exchange_rate');

create table rebate_rate (
    id uuid primary key,
    hs_code text not null check (hs_code ~ '^[0-9]{10}$'),
    from_day date not null,
    until_day date,
    vat_rate numeric(5, 2) not null check (vat_rate between 0 and 100),
    rebate_rate numeric(5, 2) not null check (rebate_rate between 0 and 100),
    -- A rate of nought alone does not say whether the goods are exempt or taxed.
    treatment text not null check (treatment in ('refund', 'exempt', 'taxed')),
    check (from_day <= until_day),
    check (rebate_rate <= vat_rate),
    check (treatment = 'refund' or rebate_rate = 0),
    -- One code has one rate on one day.
    constraint rebate_rate_period_excl exclude using gist
        (hs_code with =, daterange(from_day, until_day, '[]') with &&)
);
select grant_app('select, insert, update', 'rebate_rate');

insert into currency (code, name_zh, name_en, decimals, tolerance, place) values
    ('USD', '美元', 'US dollar', 2, 50, 1),
    ('EUR', '欧元', 'Euro', 2, 50, 2),
    ('GBP', '英镑', 'Pound sterling', 2, 40, 3),
    ('CNY', '人民币', 'Renminbi', 2, null, 4),
    ('JPY', '日元', 'Japanese yen', 0, 7500, 5),
    ('AUD', '澳大利亚元', 'Australian dollar', 2, null, 6),
    ('CAD', '加拿大元', 'Canadian dollar', 2, null, 7),
    ('HKD', '港元', 'Hong Kong dollar', 2, null, 8),
    ('CHF', '瑞士法郎', 'Swiss franc', 2, null, 9),
    ('SGD', '新加坡元', 'Singapore dollar', 2, null, 10),
    ('AED', '阿联酋迪拉姆', 'UAE dirham', 2, null, 11),
    ('SAR', '沙特里亚尔', 'Saudi riyal', 2, null, 12),
    ('NZD', '新西兰元', 'New Zealand dollar', 2, null, 13),
    ('SEK', '瑞典克朗', 'Swedish krona', 2, null, 14),
    ('NOK', '挪威克朗', 'Norwegian krone', 2, null, 15),
    ('DKK', '丹麦克朗', 'Danish krone', 2, null, 16),
    ('PLN', '波兰兹罗提', 'Polish zloty', 2, null, 17),
    ('KRW', '韩元', 'South Korean won', 0, null, 18),
    ('THB', '泰铢', 'Thai baht', 2, null, 19),
    ('MYR', '马来西亚林吉特', 'Malaysian ringgit', 2, null, 20),
    ('ZAR', '南非兰特', 'South African rand', 2, null, 21),
    ('MXN', '墨西哥比索', 'Mexican peso', 2, null, 22),
    ('TRY', '土耳其里拉', 'Turkish lira', 2, null, 23),
    ('RUB', '俄罗斯卢布', 'Russian rouble', 2, null, 24),
    ('KWD', '科威特第纳尔', 'Kuwaiti dinar', 3, null, 25);

insert into unit (code, name_zh, name_en, customs, place) values
    ('pcs', '件', 'pcs', '011', 1),
    ('sets', '套', 'sets', '006', 2),
    ('prs', '双', 'pairs', '025', 3),
    ('doz', '打', 'dozen', '127', 4),
    ('ctns', '箱', 'cartons', '120', 5),
    ('kg', '千克', 'kg', '035', 6),
    ('g', '克', 'g', '036', 7),
    ('t', '吨', 't', '070', 8),
    ('m', '米', 'm', '030', 9),
    ('yd', '码', 'yd', '', 10),
    ('m2', '平方米', 'm²', '032', 11),
    ('m3', '立方米', 'm³', '033', 12),
    ('l', '升', 'l', '095', 13),
    ('units', '台', 'units', '001', 14),
    ('items', '个', 'items', '007', 15),
    ('pieces', '只', 'pieces', '008', 16),
    ('sticks', '支', 'sticks', '012', 17),
    ('strips', '条', 'strips', '015', 18),
    ('handles', '把', 'handles', '016', 19),
    ('blocks', '块', 'blocks', '017', 20),
    ('rolls', '卷', 'rolls', '018', 21),
    ('sheets', '片', 'sheets', '020', 22),
    ('couples', '对', 'couples', '026', 23),
    ('packs', '包', 'packs', '125', 24),
    ('boxes', '盒', 'boxes', '140', 25),
    ('bottles', '瓶', 'bottles', '142', 26),
    ('vehicles', '辆', 'vehicles', '003', 27);

insert into courier (code, name_zh, name_en, tracking, place) values
    ('DHL', 'DHL', 'DHL Express', 'https://www.dhl.com/en/express/tracking.html?AWB={number}', 1),
    ('FEDEX', '联邦快递', 'FedEx', 'https://www.fedex.com/fedextrack/?trknbr={number}', 2),
    ('UPS', 'UPS', 'UPS', 'https://www.ups.com/track?tracknum={number}', 3),
    ('SF', '顺丰速运', 'SF Express', 'https://www.sf-express.com/we/ow/chn/en/waybill/waybill-detail/{number}', 4),
    ('EMS', '邮政 EMS', 'EMS', 'https://www.ems.com.cn/queryList?mailNo={number}', 5),
    ('TNT', 'TNT', 'TNT', '', 6),
    ('ARAMEX', 'Aramex', 'Aramex', '', 7),
    ('YTO', '圆通速递', 'YTO Express', '', 8),
    ('ZTO', '中通快递', 'ZTO Express', '', 9),
    ('OTHER', '其他', 'Other', '', 10);

insert into port (id, code, name_en, name_zh, zone, search) values
    (gen_random_uuid(), 'CNNGB', 'Ningbo', '宁波', 'Asia/Shanghai', ' b bei bi bo cnngb nb ningbei ningbi ningbo zb zhubei zhubi zhubo 宁波 '),
    (gen_random_uuid(), 'CNSHA', 'Shanghai', '上海', 'Asia/Shanghai', ' cnsha h hai sh shanghai 上海 '),
    (gen_random_uuid(), 'CNYTN', 'Yantian', '盐田', 'Asia/Shanghai', ' cnytn t tian yantian yt 盐田 '),
    (gen_random_uuid(), 'CNSHK', 'Shekou', '蛇口', 'Asia/Shanghai', ' chikou ck cnshk k kou shekou sk tk tuokou yikou yk 蛇口 '),
    (gen_random_uuid(), 'CNSZX', 'Shenzhen', '深圳', 'Asia/Shanghai', ' c chou cnszx h huai q quan sc sh shenchou shenhuai shenquan shenzhen sq sz z zhen 深圳 '),
    (gen_random_uuid(), 'CNCAN', 'Guangzhou', '广州', 'Asia/Shanghai', ' anzhou az cncan guangzhou gz yanzhou yz z zhou 广州 '),
    (gen_random_uuid(), 'CNNSA', 'Nansha', '南沙', 'Asia/Shanghai', ' cnnsa nansha nansuo nasha nasuo ns s sha suo 南沙 '),
    (gen_random_uuid(), 'CNXMN', 'Xiamen', '厦门', 'Asia/Shanghai', ' cnxmn m men shamen sm xiamen xm 厦门 '),
    (gen_random_uuid(), 'CNTAO', 'Qingdao', '青岛', 'Asia/Shanghai', ' cntao d dao jd jingdao qd qingdao 青岛 '),
    (gen_random_uuid(), 'CNTXG', 'Xingang, Tianjin', '天津新港', 'Asia/Shanghai', ' cntxg g gang h hong jinxingang jinxinhong jxg jxh tianjin tianjinxingang tianjinxinhong tjxg tjxh xg xh xingang xinhong 天津新港 '),
    (gen_random_uuid(), 'CNDLC', 'Dalian', '大连', 'Asia/Shanghai', ' cndlc dailian dalian dl l lian tailian tl 大连 '),
    (gen_random_uuid(), 'CNLYG', 'Lianyungang', '连云港', 'Asia/Shanghai', ' cnlyg g gang h hong lianyungang lianyunhong lyg lyh yg yh yungang yunhong 连云港 '),
    (gen_random_uuid(), 'CNFOC', 'Fuzhou', '福州', 'Asia/Shanghai', ' cnfoc fuzhou fz z zhou 福州 '),
    (gen_random_uuid(), 'CNQZJ', 'Quanzhou', '泉州', 'Asia/Shanghai', ' cnqzj quanzhou qz z zhou 泉州 '),
    (gen_random_uuid(), 'CNZUH', 'Zhuhai', '珠海', 'Asia/Shanghai', ' cnzuh h hai zh zhuhai 珠海 '),
    (gen_random_uuid(), 'CNZSN', 'Zhongshan', '中山', 'Asia/Shanghai', ' cnzsn s shan zhongshan zs 中山 '),
    (gen_random_uuid(), 'CNTAG', 'Taicang', '太仓', 'Asia/Shanghai', ' c cang cntag tacang taicang tc 太仓 '),
    (gen_random_uuid(), 'CNNKG', 'Nanjing', '南京', 'Asia/Shanghai', ' cnnkg j jing najing nanjing nj 南京 '),
    (gen_random_uuid(), 'CNWNZ', 'Wenzhou', '温州', 'Asia/Shanghai', ' cnwnz wenzhou wz yunzhou yz z zhou 温州 '),
    (gen_random_uuid(), 'CNYIW', 'Yiwu', '义乌', 'Asia/Shanghai', ' cnyiw w wu yiwu yw 义乌 '),
    (gen_random_uuid(), 'HKHKG', 'Hong Kong', '香港', 'Asia/Hong_Kong', ' g gang h hkhkg hong kong xg xh xianggang xianghong 香港 '),
    (gen_random_uuid(), 'TWKHH', 'Kaohsiung', '高雄', 'Asia/Taipei', ' gaoxiong gx kaohsiung twkhh x xiong 高雄 '),
    (gen_random_uuid(), 'TWKEL', 'Keelung', '基隆', 'Asia/Taipei', ' jilong jl keelung l long twkel 基隆 '),
    (gen_random_uuid(), 'JPTYO', 'Tokyo', '东京', 'Asia/Tokyo', ' dj dongjing j jing jptyo tokyo 东京 '),
    (gen_random_uuid(), 'JPYOK', 'Yokohama', '横滨', 'Asia/Tokyo', ' b bin gb guangbin hb hengbin huangbin jpyok yokohama 横滨 '),
    (gen_random_uuid(), 'JPNGO', 'Nagoya', '名古屋', 'Asia/Tokyo', ' guwu gw jpngo kuwu kw mgw mingguwu mingkuwu mkw nagoya w wu 名古屋 '),
    (gen_random_uuid(), 'JPOSA', 'Osaka', '大阪', 'Asia/Tokyo', ' b ban daban daiban db jposa osaka taiban tb 大阪 '),
    (gen_random_uuid(), 'JPUKB', 'Kobe', '神户', 'Asia/Tokyo', ' h hu jpukb kobe sh shenhu 神户 '),
    (gen_random_uuid(), 'KRPUS', 'Busan', '釜山', 'Asia/Seoul', ' busan fs fushan krpus s shan 釜山 '),
    (gen_random_uuid(), 'KRINC', 'Incheon', '仁川', 'Asia/Seoul', ' c chuan incheon krinc rc renchuan 仁川 '),
    (gen_random_uuid(), 'SGSIN', 'Singapore', '新加坡', 'Asia/Singapore', ' jiapo jp p po sgsin singapore xinjiapo xjp 新加坡 '),
    (gen_random_uuid(), 'MYPKG', 'Port Klang', '巴生港', 'Asia/Kuala_Lumpur', ' bashenggang bashenghong bsg bsh g gang h hong klang mypkg port sg sh shenggang shenghong 巴生港 '),
    (gen_random_uuid(), 'THLCH', 'Laem Chabang', '林查班', 'Asia/Bangkok', ' b ban cb chaban chabang chaiban laem lcb linchaban linchaiban linzhaban lzb thlch zb zhaban 林查班 '),
    (gen_random_uuid(), 'VNSGN', 'Ho Chi Minh City', '胡志明市', 'Asia/Ho_Chi_Minh', ' chi city f fu ho huzhimengfu huzhimengshi huzhimingfu huzhimingshi hzmf hzms mengfu mengshi mf mingfu mingshi minh ms s shi vnsgn zhimengfu zhimengshi zhimingfu zhimingshi zmf zms 胡志明市 '),
    (gen_random_uuid(), 'VNHPH', 'Haiphong', '海防', 'Asia/Ho_Chi_Minh', ' f fang haifang haiphong hf vnhph 海防 '),
    (gen_random_uuid(), 'IDJKT', 'Jakarta', '雅加达', 'Asia/Jakarta', ' d da idjkt jakarta jd jiada jiata jiati jt t ta ti yajiada yajiata yajiati yjd yjt 雅加达 '),
    (gen_random_uuid(), 'PHMNL', 'Manila', '马尼拉', 'Asia/Manila', ' l la manila mnl nila nl phmnl 马尼拉 '),
    (gen_random_uuid(), 'INNSA', 'Nhava Sheva', '那瓦舍瓦', 'Asia/Kolkata', ' innsa naiwashewa naiwashiwa nawashewa nawashiwa neiwashewa neiwashiwa newashewa newashiwa nhava nuowashewa nuowashiwa nwsw sheva shewa shiwa sw w wa washewa washiwa wsw 那瓦舍瓦 '),
    (gen_random_uuid(), 'INMUN', 'Mundra', '蒙德拉', 'Asia/Kolkata', ' dela dl inmun l la mdl mengdela mundra 蒙德拉 '),
    (gen_random_uuid(), 'LKCMB', 'Colombo', '科伦坡', 'Asia/Colombo', ' colombo kelunpo klp lkcmb lp lunpo p po 科伦坡 '),
    (gen_random_uuid(), 'BDCGP', 'Chattogram', '吉大港', 'Asia/Dhaka', ' bdcgp chattogram dagang dahong daigang daihong dg dh g gang h hong jdg jdh jidagang jidahong jidaigang jidaihong jitaigang jitaihong jtg jth taigang taihong tg th 吉大港 '),
    (gen_random_uuid(), 'PKKHI', 'Karachi', '卡拉奇', 'Asia/Karachi', ' a ai j ji kalaai kalaji kalaqi kalayi karachi kla klj klq kly la laai laji laqi layi lj lq ly pkkhi q qi qialaai qialaji qialaqi qialayi qla qlj qlq qly y yi 卡拉奇 '),
    (gen_random_uuid(), 'AEJEA', 'Jebel Ali', '杰贝阿里', 'Asia/Dubai', ' aejea al ali bal beiali beieli bel el eli jbal jbel jebel jiebeiali jiebeieli l li 杰贝阿里 '),
    (gen_random_uuid(), 'SAJED', 'Jeddah', '吉达', 'Asia/Riyadh', ' d da jd jeddah jida jita jiti jt sajed t ta ti 吉达 '),
    (gen_random_uuid(), 'SADMM', 'Dammam', '达曼', 'Asia/Riyadh', ' daman dammam dm m man sadmm taman timan tm 达曼 '),
    (gen_random_uuid(), 'ILHFA', 'Haifa', '海法', 'Asia/Jerusalem', ' f fa haifa hf ilhfa 海法 '),
    (gen_random_uuid(), 'TRIST', 'Istanbul', '伊斯坦布尔', 'Europe/Istanbul', ' be buer e er istanbul shitanbuer sitanbuer stbe tanbuer tbe trist yishitanbuer yisitanbuer ystbe 伊斯坦布尔 '),
    (gen_random_uuid(), 'EGALY', 'Alexandria', '亚历山大', 'Africa/Cairo', ' alexandria d da dai egaly lishanda lishandai lishantai lsd lst sd shanda shandai shantai st t tai yalishanda yalishandai yalishantai ylsd ylst 亚历山大 '),
    (gen_random_uuid(), 'EGPSD', 'Port Said', '塞得港', 'Africa/Cairo', ' degang dehong deigang deihong dg dh egpsd g gang h hong port said saidegang saidehong saideigang saideihong sdg sdh sedegang sedehong sedeigang sedeihong 塞得港 '),
    (gen_random_uuid(), 'ZADUR', 'Durban', '德班', 'Africa/Johannesburg', ' b ban db deban durban zadur 德班 '),
    (gen_random_uuid(), 'KEMBA', 'Mombasa', '蒙巴萨', 'Africa/Nairobi', ' basa bs kemba mbs mengbasa mombasa s sa 蒙巴萨 '),
    (gen_random_uuid(), 'NGAPP', 'Apapa', '阿帕帕', 'Africa/Lagos', ' amm amomo amopa amp apamo apapa apm app emm emomo emopa emp epamo epapa epm epp m mm mo momo mopa mp ngapp p pa pamo papa pm pp 阿帕帕 '),
    (gen_random_uuid(), 'MACAS', 'Casablanca', '卡萨布兰卡', 'Africa/Casablanca', ' blk blq bulanka bulanqia casablanca k ka kasabulanka kasabulanqia ksblk ksblq lanka lanqia lk lq macas q qia qiasabulanka qiasabulanqia qsblk qsblq sabulanka sabulanqia sblk sblq 卡萨布兰卡 '),
    (gen_random_uuid(), 'DEHAM', 'Hamburg', '汉堡', 'Europe/Berlin', ' b bao bu deham hamburg hanbao hanbu hanpu hb hp p pu 汉堡 '),
    (gen_random_uuid(), 'DEBRV', 'Bremerhaven', '不来梅港', 'Europe/Berlin', ' blmg blmh bremerhaven bulaimeigang bulaimeihong debrv flmg flmh foulaimeigang foulaimeihong fulaimeigang fulaimeihong g gang h hong laimeigang laimeihong lmg lmh meigang meihong mg mh 不来梅港 '),
    (gen_random_uuid(), 'NLRTM', 'Rotterdam', '鹿特丹', 'Europe/Amsterdam', ' d dan ltd lutedan lütedan nlrtm rotterdam td tedan 鹿特丹 '),
    (gen_random_uuid(), 'BEANR', 'Antwerp', '安特卫普', 'Europe/Brussels', ' anteweipu antwerp atwp beanr p pu teweipu twp weipu wp 安特卫普 '),
    (gen_random_uuid(), 'GBFXT', 'Felixstowe', '费利克斯托', 'Europe/London', ' feilikeshituo feilikesituo felixstowe flkst gbfxt keshituo kesituo kst likeshituo likesituo lkst shituo situo st t tuo 费利克斯托 '),
    (gen_random_uuid(), 'GBSOU', 'Southampton', '南安普敦', 'Europe/London', ' anpudao anpudiao anpudui anpudun anputuan anputun anpuzhun apd apt apz d dao diao dui dun gbsou naanpudao naanpudiao naanpudui naanpudun naanputuan naanputun naanpuzhun nananpudao nananpudiao nananpudui nananpudun nananputuan nananputun nananpuzhun napd napt napz pd pt pudao pudiao pudui pudun putuan putun puzhun pz southampton t tuan tun z zhun 南安普敦 '),
    (gen_random_uuid(), 'GBLGP', 'London Gateway', '伦敦门户', 'Europe/London', ' daomenhu diaomenhu dmh duimenhu dunmenhu gateway gblgp h hu ldmh london ltmh lundaomenhu lundiaomenhu lunduimenhu lundunmenhu luntuanmenhu luntunmenhu lunzhunmenhu lzmh menhu mh tmh tuanmenhu tunmenhu zhunmenhu zmh 伦敦门户 '),
    (gen_random_uuid(), 'FRLEH', 'Le Havre', '勒阿弗尔', 'Europe/Paris', ' afe afuer e efe efuer er fe frleh fuer havre lafe le leafuer leefuer lefe leiafuer leiefuer 勒阿弗尔 '),
    (gen_random_uuid(), 'FRFOS', 'Fos-sur-Mer', '福斯', 'Europe/Paris', ' fos frfos fs fushi fusi mer s shi si sur 福斯 '),
    (gen_random_uuid(), 'ESBCN', 'Barcelona', '巴塞罗那', 'Europe/Madrid', ' barcelona basailuona basailuonai basailuone basailuonei basailuonuo baseluona baseluonai baseluone baseluonei baseluonuo bsln esbcn ln luona luonai luone luonei luonuo n na nai ne nei nuo sailuona sailuonai sailuone sailuonei sailuonuo seluona seluonai seluone seluonei seluonuo sln 巴塞罗那 '),
    (gen_random_uuid(), 'ESVLC', 'Valencia', '瓦伦西亚', 'Europe/Madrid', ' esvlc lunxiya lxy valencia walunxiya wlxy xiya xy y ya 瓦伦西亚 '),
    (gen_random_uuid(), 'ITGOA', 'Genoa', '热那亚', 'Europe/Rome', ' genoa itgoa naiya naya neiya neya nuoya ny renaiya renaya reneiya reneya renuoya rny y ya 热那亚 '),
    (gen_random_uuid(), 'ITSPE', 'La Spezia', '拉斯佩齐亚', 'Europe/Rome', ' itspe jiya jy la lashipeijiya lashipeiqiya lasipeijiya lasipeiqiya lspjy lspqy peijiya peiqiya pjy pqy qiya qy shipeijiya shipeiqiya sipeijiya sipeiqiya spezia spjy spqy y ya 拉斯佩齐亚 '),
    (gen_random_uuid(), 'GRPIR', 'Piraeus', '比雷埃夫斯', 'Europe/Athens', ' afs aifushi aifusi bileiaifushi bileiaifusi bileizhifushi bileizhifusi blafs blzfs fs fushi fusi grpir lafs leiaifushi leiaifusi leizhifushi leizhifusi lzfs pileiaifushi pileiaifusi pileizhifushi pileizhifusi piraeus plafs plzfs s shi si zfs zhifushi zhifusi 比雷埃夫斯 '),
    (gen_random_uuid(), 'SEGOT', 'Gothenburg', '哥德堡', 'Europe/Stockholm', ' b bao bu db debao debu depu dp gdb gdp gedebao gedebu gedepu gothenburg p pu segot 哥德堡 '),
    (gen_random_uuid(), 'DKAAR', 'Aarhus', '奥胡斯', 'Europe/Copenhagen', ' aarhus ahs aohushi aohusi dkaar hs hushi husi s shi si yhs youhushi youhusi yuhushi yuhusi 奥胡斯 '),
    (gen_random_uuid(), 'NOOSL', 'Oslo', '奥斯陆', 'Europe/Oslo', ' aoshiliu aoshilu aosiliu aosilu asl l liu lu noosl oslo shiliu shilu siliu silu sl youshiliu youshilu yousiliu yousilu ysl yushiliu yushilu yusiliu yusilu 奥斯陆 '),
    (gen_random_uuid(), 'FIHEL', 'Helsinki', '赫尔辛基', 'Europe/Helsinki', ' erxinji exj fihel heerxinji helsinki hexj j ji sexj shierxinji xinji xj 赫尔辛基 '),
    (gen_random_uuid(), 'PLGDN', 'Gdansk', '格但斯克', 'Europe/Warsaw', ' danshike dansike dsk gdansk gdsk gedanshike gedansike getanshike getansike geyanshike geyansike gtsk gysk hdsk hedanshike hedansike hetanshike hetansike heyanshike heyansike htsk hysk k ke ldsk ltsk luodanshike luodansike luotanshike luotansike luoyanshike luoyansike lysk plgdn shike sike sk tanshike tansike tsk yanshike yansike ysk 格但斯克 '),
    (gen_random_uuid(), 'RULED', 'Saint Petersburg', '圣彼得堡', 'Europe/Moscow', ' b bao bdb bdp bidebao bidebu bideibao bideibu bideipu bidepu bu db debao debu deibao deibu deipu depu dp kbdb kbdp kubidebao kubidebu kubideibao kubideibu kubideipu kubidepu p petersburg pu ruled saint sbdb sbdp shengbidebao shengbidebu shengbideibao shengbideibu shengbideipu shengbidepu 圣彼得堡 '),
    (gen_random_uuid(), 'RUVVO', 'Vladivostok', '符拉迪沃斯托克', 'Asia/Vladivostok', ' diwoshituoke diwosituoke dwstk fldwstk fuladiwoshituoke fuladiwosituoke k ke ladiwoshituoke ladiwosituoke ldwstk ruvvo shituoke situoke stk tk tuoke vladivostok woshituoke wosituoke wstk 符拉迪沃斯托克 '),
    (gen_random_uuid(), 'USLAX', 'Los Angeles', '洛杉矶', 'America/Los_Angeles', ' angeles j ji los lsj luoshaji luoshanji shaji shanji sj uslax 洛杉矶 '),
    (gen_random_uuid(), 'USLGB', 'Long Beach', '长滩', 'America/Los_Angeles', ' beach changtan ct long t tan uslgb zhangtan zt 长滩 '),
    (gen_random_uuid(), 'USOAK', 'Oakland', '奥克兰（美国）', 'America/Los_Angeles', ' akl aokelan g guo kelan kl l lan meiguo mg oakland usoak ykl youkelan yukelan 奥克兰 美国 '),
    (gen_random_uuid(), 'USSEA', 'Seattle', '西雅图', 'America/Los_Angeles', ' seattle t tu ussea xiyatu xyt yatu yt 西雅图 '),
    (gen_random_uuid(), 'USNYC', 'New York', '纽约', 'America/New_York', ' new niuyao niuyue ny usnyc y yao york yue 纽约 '),
    (gen_random_uuid(), 'USSAV', 'Savannah', '萨凡纳', 'America/New_York', ' fanna fn n na safanna savannah sfn ussav 萨凡纳 '),
    (gen_random_uuid(), 'USORF', 'Norfolk', '诺福克', 'America/New_York', ' fk fuke k ke nfk norfolk nuofuke usorf 诺福克 '),
    (gen_random_uuid(), 'USHOU', 'Houston', '休斯敦', 'America/Chicago', ' d dao diao dui dun houston sd shidao shidiao shidui shidun shituan shitun shizhun sidao sidiao sidui sidun situan situn sizhun st sz t tuan tun ushou xiushidao xiushidiao xiushidui xiushidun xiushituan xiushitun xiushizhun xiusidao xiusidiao xiusidui xiusidun xiusituan xiusitun xiusizhun xsd xst xsz xushidao xushidiao xushidui xushidun xushituan xushitun xushizhun xusidao xusidiao xusidui xusidun xusituan xusitun xusizhun z zhun 休斯敦 '),
    (gen_random_uuid(), 'CAVAN', 'Vancouver', '温哥华', 'America/Vancouver', ' cavan gehua gh h hua vancouver wengehua wgh ygh yungehua 温哥华 '),
    (gen_random_uuid(), 'CAMTR', 'Montreal', '蒙特利尔', 'America/Toronto', ' camtr e er le lier mengtelier montreal mtle telier tle 蒙特利尔 '),
    (gen_random_uuid(), 'CAHAL', 'Halifax', '哈利法克斯', 'America/Halifax', ' cahal fakeshi fakesi fks halifakeshi halifakesi halifax helifakeshi helifakesi hlfks keshi kesi ks lfks lifakeshi lifakesi s shalifakeshi shalifakesi shi si slfks talifakeshi talifakesi tlfks 哈利法克斯 '),
    (gen_random_uuid(), 'MXZLO', 'Manzanillo', '曼萨尼约', 'America/Mexico_City', ' mansaniyao mansaniyue manzanillo msny mxzlo niyao niyue ny saniyao saniyue sny y yao yue 曼萨尼约 '),
    (gen_random_uuid(), 'BRSSZ', 'Santos', '桑托斯', 'America/Sao_Paulo', ' brssz s sangtuoshi sangtuosi santos shi si sts ts tuoshi tuosi 桑托斯 '),
    (gen_random_uuid(), 'ARBUE', 'Buenos Aires', '布宜诺斯艾利斯', 'America/Argentina/Buenos_Aires', ' ailishi ailisi aires als arbue buenos buyinuoshiailishi buyinuoshiailisi buyinuoshiyilishi buyinuoshiyilisi buyinuosiailishi buyinuosiailisi buyinuosiyilishi buyinuosiyilisi bynsals bynsyls lishi lisi ls nsals nsyls nuoshiailishi nuoshiailisi nuoshiyilishi nuoshiyilisi nuosiailishi nuosiailisi nuosiyilishi nuosiyilisi s sals shi shiailishi shiailisi shiyilishi shiyilisi si siailishi siailisi siyilishi siyilisi syls yilishi yilisi yinuoshiailishi yinuoshiailisi yinuoshiyilishi yinuoshiyilisi yinuosiailishi yinuosiailisi yinuosiyilishi yinuosiyilisi yls ynsals ynsyls 布宜诺斯艾利斯 '),
    (gen_random_uuid(), 'CLSAI', 'San Antonio', '圣安东尼奥', 'America/Santiago', ' a adna adny andongniao andongniyou andongniyu antonio ao clsai dna dny dongniao dongniyou dongniyu kadna kadny kuandongniao kuandongniyou kuandongniyu na niao niyou niyu ny sadna sadny san shengandongniao shengandongniyou shengandongniyu y you yu 圣安东尼奥 '),
    (gen_random_uuid(), 'CLVAP', 'Valparaiso', '瓦尔帕莱索', 'America/Santiago', ' clvap emls epls ermolaisuo erpalaisuo laisuo ls mls molaisuo palaisuo pls s suo valparaiso waermolaisuo waerpalaisuo wemls wepls 瓦尔帕莱索 '),
    (gen_random_uuid(), 'PECLL', 'Callao', '卡亚俄', 'America/Lima', ' callao e kayae kye pecll qiayae qye yae ye 卡亚俄 '),
    (gen_random_uuid(), 'COBUN', 'Buenaventura', '布埃纳文图拉', 'America/Bogota', ' ainawentula anwtl banwtl buainawentula buenaventura buzhinawentula bznwtl cobun l la nawentula nwtl tl tula wentula wtl zhinawentula znwtl 布埃纳文图拉 '),
    (gen_random_uuid(), 'AUSYD', 'Sydney', '悉尼', 'Australia/Sydney', ' ausyd n ni sydney xini xn 悉尼 '),
    (gen_random_uuid(), 'AUMEL', 'Melbourne', '墨尔本', 'Australia/Melbourne', ' aumel b ben eb erben meb meierben melbourne moerben 墨尔本 '),
    (gen_random_uuid(), 'AUBNE', 'Brisbane', '布里斯班', 'Australia/Brisbane', ' aubne b ban blsb brisbane bulishiban bulisiban lishiban lisiban lsb sb shiban siban 布里斯班 '),
    (gen_random_uuid(), 'AUFRE', 'Fremantle', '弗里曼特尔', 'Australia/Perth', ' aufre e er flmte fremantle fulimanteer limanteer lmte manteer mte te teer 弗里曼特尔 '),
    (gen_random_uuid(), 'NZAKL', 'Auckland', '奥克兰', 'Pacific/Auckland', ' akl aokelan auckland kelan kl l lan nzakl ykl youkelan yukelan 奥克兰 ');
