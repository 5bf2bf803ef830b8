/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * language_han.c - Chinese or Japanese, by their characters
 *
 * Both were reformed, each in its own way: the characters below are common in
 * one and not in the other's standard set (Japanese: in JIS X 0208 and not in
 * GB 2312 or Big5; Chinese: the other way round), so that one of them tells.
 */
#include "language_han.h"

#include "../base/utf8.h"

static const char japanese[] =
    "亜悪圧囲壱隠栄営駅円塩縁応桜価仮壊懐絵拡覚楽渇巻陥歓関顔帰気亀犠挙拠暁駆"
    "恵渓経継軽鶏撃県倹剣険圏検権顕験厳広効鉱黒済剤砕斎歳桟雑実釈収従渋縦粛処"
    "奨焼乗剰浄縄畳譲醸図粋酔髄瀬摂専戦銭繊捜挿荘総騒蔵臓続対帯滝沢択単団弾遅"
    "鋳庁聴徴逓鉄転闘徳読弐悩脳覇廃拝売発髪抜払仏塀辺変舗穂毎満黙訳薬揺様謡覧"
    "竜両猟緑涙塁霊齢労込働峠畑辻枠匂咲栃児";

static const char chinese[] =
    "们这说为时对进发实现见长张门开关书东车业务员华总统动报设项让认论议记许该"
    "请谢谁语课谈调资质财货购费贸赛达过还迟选遗邮钟钱银错镇问间闻阳阴难韩领题"
    "风飞马验鱼鸟你吗呢吧她给头两军农办导层岁师带应强归录态战护拥换损术构极标"
    "树样桥检欢汉测济灾热爱爷环电疗监盘确离种积稳竞签简类纪约级纷纸线组细终经"
    "结绝继续维综绿罗罚职联胜脑艺节苏获营蓝虑补规视览觉计订训讯讲证评识诉词试"
    "诗诚话询详误读谋谓贡败账贫贵贷贺赵趋跃轨软转轮辆输辑边迁运违连适逻郑释针"
    "钢铁铜锁锋队际陆险隐预顾顿颁频颜饭饮馆骂骑骗么哪您啊說嗎辦歲錄狀絕綠內黃"
    "戶產黑啟溫吳鄉彥歷场产权专变众别观处每创步团单满显虽则举传义较户压习刚灵"
    "亚严脸查另远宪复德卫红够亲乐络历兴图值龙份县备仅尔减轻须异杀优响伦增额紧"
    "伤买择陈沉毕击帮晚养园势恶卖戏坚兽阵奖纳净怀闪泽饰渐庆围础销负扰阶药丰诺"
    "执懂丝刘摆卡汇妈织仪萨编";

enum { FIRST = 0x4E00, LAST = 0x9FFF };
enum { JAPANESE = 1, CHINESE }; /* 0: it tells nothing */
static uint8_t use[LAST - FIRST + 1];

static void
enter(const char *at, size_t bytes, uint8_t how)
{
    for (const char *end = at + bytes; at < end;) {
        uint32_t cp;

        at += utf8_decode(at, end, &cp, NULL);
        use[cp - FIRST] = how;
    }
}

void
language_han_init(void)
{
    enter(japanese, sizeof japanese - 1, JAPANESE);
    enter(chinese, sizeof chinese - 1, CHINESE);
}

void
language_han_count(struct language_han *count, struct morgue_str text)
{
    const char *at = text.s, *end = at + text.len;

    while (at < end) {
        uint32_t cp;

        at += utf8_decode(at, end, &cp, NULL);
        if (cp < FIRST || cp > LAST)
            continue;
        count->all++;
        count->japanese += use[cp - FIRST] == JAPANESE;
        count->chinese += use[cp - FIRST] == CHINESE;
    }
}
