#![allow(clippy::unwrap_used, clippy::string_slice)]
use super::*;
use crate::intake::model::sender::SenderKind;

fn office() -> Office {
    Office {
        phones: vec!["0900-5559999".to_owned()],
        emails: vec!["office@example.org".to_owned()],
    }
}

fn of_nobody() -> Concealer {
    Concealer::new(&Sender::default(), &office())
}

fn shown(text: &str) -> String {
    of_nobody().conceal(text).into_string()
}

/// What is written, and what must not be read in it afterwards.
const DETAILS: &[(&str, &str)] = &[
    // Telephones.
    ("请打19900001234联系。", "0000"),
    ("电话１９９００００１２３４。", "１２３４"),
    ("电话199 0000 1234。", "1234"),
    ("电话199-0000-1234。", "1234"),
    ("电话199.0000.1234。", "1234"),
    ("电话199·0000·1234。", "1234"),
    ("电话 1990 000 1234 。", "1234"),
    ("1 9 9 0 0 0 0 1 2 3 4", "1 2 3 4"),
    ("+86 199 0000 1234", "1234"),
    ("（+86）19900001234", "1234"),
    ("0086-19900001234", "1234"),
    ("86-199-0000-1234", "1234"),
    ("8619900001234", "1234"),
    ("019900001234", "1234"),
    ("199\u{200b}0000\u{200b}1234", "1234"),
    ("邻居王某 19900001234 也说过", "1234"),
    ("幺九九零零零零一二三四", "一二三四"),
    ("一九九〇〇〇〇一二三四", "一二三四"),
    ("0900-5550123", "5550123"),
    ("09005550123", "0123"),
    ("（0900）5550123", "5550123"),
    ("0900 5550123转801", "801"),
    ("0900-5550123-801", "801"),
    ("0900-5550123 分机 801", "801"),
    ("0900-5550123 ext. 801", "801"),
    ("０９００－５５５０１２３", "５５５０"),
    ("0900-1234567", "1234567"),
    ("010-55501234", "55501234"),
    ("022 5550 1234", "5550 1234"),
    ("+86-900-5550123", "5550123"),
    ("+852 5550 1234", "5550 1234"),
    ("办公室电话5550123", "5550123"),
    ("座机：55501234", "55501234"),
    ("tel: 5550123", "5550123"),
    ("请致电 555-0123", "555-0123"),
    ("手机19900001234元以内都行", "1234"),
    // Identity numbers.
    ("身份证110101199003070012", "19900307"),
    ("11010119900307001X", "19900307"),
    ("11010119900307001x。", "19900307"),
    ("１１０１０１１９９００３０７００１Ｘ", "１９９００３０７"),
    ("110101 19900307 0012", "19900307"),
    ("110101-1990-0307-0012", "0307"),
    ("110101900307001", "900307"),
    ("身份证号码：110101999999001234", "999999"),
    // E-mail.
    ("写信到 wang@example.com 即可", "wang"),
    ("wang.wei+1@mail.example.org。谢谢", "wang"),
    ("wang＠example．org", "wang"),
    ("wang @ example.org", "wang"),
    ("wang@example。org", "example"),
    ("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ｗａｎｇ"),
    ("wang(at)example.org", "wang"),
    // Labels and signatures.
    ("建议人：冼星野", "星野"),
    ("署名：张三", "张三"),
    ("姓　名：张三，电话：5550123", "张三"),
    ("姓　名：张三，电话：5550123", "5550123"),
    ("以上意见供参考。联系人：李四，电话19900001234", "李四"),
    ("联系方式：张三 19900001234", "张三"),
    ("姓名：张 三\n住址：青禾区示例路7号3栋201室", "示例路7号"),
    ("家庭住址：青禾村，请尽快办理", "青禾村"),
    ("签名：买合木提·吐尔逊", "吐尔逊"),
    ("微信号：wang_wei1990", "wang"),
    ("QQ：123456789", "123456789"),
    (
        "Name: Wang Wei\nAddress: 7 Example Road, Example City",
        "Wang",
    ),
    (
        "Name: Wang Wei\nAddress: 7 Example Road, Example City",
        "Example Road",
    ),
    ("Signed: John Q. Smith", "Smith"),
    ("我叫张三丰，住在这里。", "三丰"),
    ("本人是青禾村村民王五，", "王五"),
    ("My name is Wang Wei, and I agree.", "Wei"),
    ("建议每月清理一次。\n此致\n敬礼\n张三\n2025年6月1日", "张三"),
    (
        "建议每月清理一次。\n\n　　此致\n敬礼！\n　　　　张　三\n　　2025年6月1日",
        "三\n",
    ),
    ("建议每月清理一次。此致敬礼！ 李四 2025年6月1日", "李四"),
    ("建议每月清理一次。——欧阳试例", "试例"),
    ("建议每月清理一次。张三", "张三"),
    ("建议每月清理一次。\n市民 李建国", "建国"),
    (
        "建议每月清理一次。\n谢谢！\n张三\n青禾区示例路7号3栋201室",
        "示例路",
    ),
    ("Please clean it monthly.\nBest regards,\nWang Wei", "Wang"),
    (
        "Please clean it monthly.\nYours sincerely, Wang Wei",
        "Wang",
    ),
];

/// What stays as it is.
const PLAIN: &[&str] = &[
    "每户补助13900000000元。",
    "共计 19900001234 万元",
    "投资¥13912345678.50",
    "面积13812345678平方米",
    "13912345678.50",
    "2025年6月1日至2025年6月30日",
    "2025-06-01至2025-06-30",
    "2025.06.01 2025.06.30",
    "20250601",
    "二〇二五年六月一日",
    "一千三百九十万零一百元",
    "示例政发〔2025〕12号",
    "GB/T 9704-2012",
    "GB 11643-1999、DB 0900/1234-2025",
    "第十二条第三款第（四）项",
    "第1234条",
    "1.35.2025.1234",
    "1 35 2025 1234",
    "邮编100000，邮政编码：300000",
    "请拨12345或者110、119、120",
    "消费者热线12315，客服95588",
    "客服热线400-000-1234",
    "统一社会信用代码91350100M000100Y43",
    "项目编号2025-0123-4567",
    "编号A19900001234",
    "https://example.org/19900001234",
    "https://example.org/?id=19900001234",
    "合同号202506010000123456789",
    "车牌示A12345",
    "增加+12345678元",
    "比例由12.5%调整到13.5%",
    "10,000,000,000元",
    "宽3.5-4.2米，高2.8-3.0米",
    "每天7:30-11:30、14:00-17:00",
    "电话：0900-5559999",
    "（0900）5559999转801",
    "电话5559999",
    "发到office@example.org",
    "发到 OFFICE@example.org。",
    "价格3 @ 5.5",
    "@所有人 请看",
    "支持。",
    "同意",
    "张先生说得对，李女士也这样说。",
    "联系人：张先生",
    "建议把“联系人：应当固定”写进去。",
    "地址：人民路与解放路交叉口",
    "单位：示例区物业协会",
    "我是高中生，我是小学生家长。",
    "我叫大家都来。",
    "1.降低收费\n2.应当公开\n3.方便群众",
    "建议尽快落实。\n谢谢！",
    "建议尽快落实。\n此致\n敬礼\n2025年6月1日",
    "建议尽快落实。\n示例区物业协会",
    "第三条：姓名、电话应当脱敏。",
    "建议增加电话预约，电话应当保持畅通。",
    "I am strongly in favour. High quality matters.",
    "建议人［已隐去］说得对",
    "199****1234",
];

#[test]
fn nobodys_details_are_read_in_public() {
    assert!(DETAILS.len() >= 40);
    for (text, secret) in DETAILS {
        assert!(text.contains(secret), "{text:?} has no {secret:?}");
    }
    let read = DETAILS
        .iter()
        .map(|(text, secret)| (shown(text), text, secret));
    let read: Vec<_> = read
        .filter(|(shown, _, secret)| shown.contains(**secret))
        .collect();
    assert!(read.is_empty(), "{read:#?}");
}

#[test]
fn what_is_nobodys_stays() {
    assert!(PLAIN.len() >= 40);
    let changed: Vec<_> = PLAIN.iter().map(|text| (text, shown(text))).collect();
    let changed: Vec<_> = changed
        .iter()
        .filter(|(text, shown)| shown != **text)
        .collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn only_the_details_go() {
    for (text, public) in [
        (
            "请打19900001234，建议每月一次。",
            "请打［已隐去］，建议每月一次。",
        ),
        ("请致电（0900）1234567，谢谢", "请致电［已隐去］，谢谢"),
        (
            "我叫欧阳试例，电话19900001234。",
            "我叫欧阳**，电话［已隐去］。",
        ),
        (
            "好。\n此致\n敬礼\n张三\n2025年6月1日",
            "好。\n此致\n敬礼\n［已隐去］\n2025年6月1日",
        ),
        (
            "家庭住址：青禾村7号，建议装灯",
            "家庭住址：［已隐去］，建议装灯",
        ),
        ("13900001111、13900002222", "［已隐去］、［已隐去］"),
    ] {
        assert_eq!(shown(text), public);
    }
}

#[test]
fn what_is_hidden_once_stays_the_same() {
    for (text, _) in DETAILS {
        let once = shown(text);
        assert_eq!(shown(&once), once);
    }
}

fn sender() -> Sender {
    Sender {
        kind: SenderKind::Person,
        name: Some("欧阳试例".to_owned()),
        phones: vec!["+86 199-0000-1234".to_owned(), "0900-1234567".to_owned()],
        emails: vec!["Ou.Yang@example.org".to_owned()],
        address: Some("青禾区示例路柒号院".to_owned()),
        ..Sender::default()
    }
}

#[test]
fn the_senders_own_details_are_found_however_they_are_written() {
    let concealer = Concealer::new(&sender(), &office());
    for (text, public) in [
        ("电话１９９ ００００ １２３４。", "电话［已隐去］。"),
        ("打1234567或0900 1234567", "打［已隐去］或［已隐去］"),
        ("ou.yang@EXAMPLE.org，谢谢", "［已隐去］，谢谢"),
        ("欧阳 试例认为", "欧阳**认为"),
        ("欧 阳·试　例认为", "欧阳**认为"),
        ("我住青禾区示例路柒号院。", "我住［已隐去］。"),
        ("欧阳先生认为第1234条", "欧阳先生认为第1234条"),
    ] {
        assert_eq!(concealer.conceal(text).as_str(), public);
    }
    let body = Sender {
        kind: SenderKind::Organisation,
        organisation: Some("青禾区绿源商店".to_owned()),
        name: Some("Li Na".to_owned()),
        ..Sender::default()
    };
    let concealer = Concealer::new(&body, &office());
    let public = concealer.conceal("Ask LI  NA at 青禾区绿源商店, not in Carolina.");
    assert_eq!(
        public.as_str(),
        "Ask L*** at 青禾区绿源商店, not in Carolina."
    );
}
