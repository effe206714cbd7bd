//! Telephone numbers, e-mail addresses and names as people type them.

use jianyan::intake::model::email::Email;
use jianyan::intake::model::person::{
    Party, looks_like_organisation, looks_like_person, parse_name, public_name,
};
use jianyan::intake::model::phone::{Phone, PhoneKind::*};
use jianyan::words::Lang;

#[test]
fn telephone_numbers() {
    for (typed, kind, normalised, extension) in [
        ("19900001234", Mobile, "19900001234", None),
        ("１９９００００１２３４", Mobile, "19900001234", None),
        ("+86 199 0000 1234", Mobile, "19900001234", None),
        ("0086-199-0000-1234", Mobile, "19900001234", None),
        ("8619900001234", Mobile, "19900001234", None),
        ("(+86)19900001234", Mobile, "19900001234", None),
        ("019900001234", Mobile, "19900001234", None),
        ("手机：199 0000 1234", Mobile, "19900001234", None),
        ("0900-5550123", Landline, "0900-5550123", None),
        ("（022）82620000", Landline, "022-82620000", None),
        ("022 8262 0000", Landline, "022-82620000", None),
        ("+86 22 8262 0000", Landline, "022-82620000", None),
        ("010－8262０000", Landline, "010-82620000", None),
        ("0900-5550123转801", Landline, "0900-5550123", Some("801")),
        (
            "0900-5550123 分机：801",
            Landline,
            "0900-5550123",
            Some("801"),
        ),
        (
            "0900-5550123 ext. 801",
            Landline,
            "0900-5550123",
            Some("801"),
        ),
        ("0900-5550123#801", Landline, "0900-5550123", Some("801")),
        ("0900-5550123-801", Landline, "0900-5550123", Some("801")),
        ("+86-900-5550123-801", Landline, "0900-5550123", Some("801")),
        (
            "0900—5550123（转801）",
            Landline,
            "0900-5550123",
            Some("801"),
        ),
        ("400-000-1234", Service, "400-000-1234", None),
        ("4000001234转2", Service, "400-000-1234", Some("2")),
        ("82620000", Local, "82620000", None),
        ("8262-0000", Local, "82620000", None),
        ("5550123转9", Local, "5550123", Some("9")),
        ("+852 0000 0000", Foreign, "+85200000000", None),
    ] {
        let phone = Phone::parse(typed).unwrap_or_else(|e| panic!("{typed}: {e}"));
        assert_eq!(
            (
                phone.kind,
                &*phone.normalised,
                phone.extension.as_deref(),
                &*phone.raw
            ),
            (kind, normalised, extension, typed),
            "{typed}"
        );
    }
}

#[test]
fn telephone_numbers_that_are_none() {
    for (typed, said) in [
        ("", "请填写"),
        ("没有", "请填写"),
        ("1990001239", "10位"),
        ("199000012345", "12位"),
        ("0900-12", "区号"),
        ("12345", "11位"),
        ("19900001234/0900-5550123", "一个号码"),
        ("0900-5550123转abc", "分机号"),
        ("+1", "境外"),
        ("110101199001011234", "位"),
    ] {
        let error = Phone::parse(typed).unwrap_err();
        assert!(
            error.message(Lang::Zh).contains(said),
            "{typed}: {}",
            error.message(Lang::Zh)
        );
        assert!(typed.is_empty() || typed.len() < 5 || !error.message(Lang::Zh).contains(typed));
    }
}

#[test]
fn telephone_numbers_masked() {
    let masked = |typed: &str| Phone::parse(typed).unwrap().masked();
    assert_eq!(masked("19900001234"), "199****1234");
    assert_eq!(masked("022-82628911转1"), "022-****8911");
    assert_eq!(masked("82628911"), "****8911");
}

#[test]
fn addresses() {
    for (typed, address) in [
        ("zhang@example.org", "zhang@example.org"),
        (" Zhang＠ＥＸＡＭＰＬＥ．org ", "Zhang@example.org"),
        ("ｚｈａｎｇ@example。org。", "zhang@example.org"),
        ("mailto:zhang@example.org?subject=x", "zhang@example.org"),
        ("<zhang@example.org>,", "zhang@example.org"),
        ("zhang @ example . org", "zhang@example.org"),
    ] {
        assert_eq!(Email::parse(typed).unwrap().as_str(), address, "{typed}");
    }
    for typed in [
        "",
        "zhang",
        "zhang@",
        "@example.org",
        "zhang@example",
        "a@b@example.org",
        "张三@example.org",
    ] {
        assert!(Email::parse(typed).is_err(), "{typed}");
    }
    assert_eq!(
        Email::parse("zhang@example.org").unwrap().masked(),
        "z***@example.org"
    );
}

#[test]
fn names() {
    for (name, masked) in [
        ("张三丰", "张**"),
        ("张伟", "张*"),
        ("欧阳某某", "欧阳**"),
        ("诸葛亮", "诸葛*"),
        ("John Smith", "J***"),
        (" 李 四 ", "李*"),
    ] {
        assert_eq!(public_name(name, Party::Person), masked);
    }
    assert_eq!(
        public_name("示例市质量协会", Party::Organisation),
        "示例市质量协会"
    );
    assert_eq!(parse_name("　张三 ").unwrap(), "张三");
    assert!(parse_name(&"张".repeat(60)).is_ok() && parse_name(&"张".repeat(61)).is_err());
    for bad in [
        "",
        "  ",
        "张\u{202e}三",
        "张\u{0}三",
        "张\n三",
        "张\u{2066}三",
    ] {
        assert!(parse_name(bad).is_err(), "{bad:?}");
    }
    assert!(
        looks_like_person("张三丰")
            && looks_like_person("买合木提·吐尔逊")
            && !looks_like_person("风中的云")
    );
    assert!(looks_like_organisation("示例科技有限公司") && !looks_like_organisation("公司"));
}
