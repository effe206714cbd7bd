//! Contact details found in letters.

use jianyan::intake::model::contact::{Contact, Office, Source, Stood};

fn find(words: &str, signature: &str, from_name: &str) -> Contact {
    let office = Office {
        phones: vec!["0900-5550199".into()],
        emails: vec!["office@example.org".into()],
    };
    Contact::find(
        Source {
            words,
            signature,
            from_name,
            attached: &[],
        },
        &office,
    )
}

fn phones(contact: &Contact) -> Vec<String> {
    contact.phones.iter().map(|phone| phone.shown()).collect()
}

#[test]
fn labels_in_every_form() {
    let contact = find(
        "建议增加检测点。\n姓　名：张 三\n工作单位：示例科技有限公司；地址：示例市一路1号，二楼\n电话：（022）82620000转801 手机：１９９００００１２３４\nＥ-mail：zhang＠example。org",
        "",
        "QQ昵称",
    );
    assert_eq!(contact.name.as_deref(), Some("张三"));
    assert_eq!(contact.organisation.as_deref(), Some("示例科技有限公司"));
    assert_eq!(contact.address.as_deref(), Some("示例市一路1号，二楼"));
    assert_eq!(phones(&contact), ["022-82620000转801", "19900001234"]);
    assert_eq!(contact.emails[0].as_str(), "zhang@example.org");
    assert_eq!(contact.phones[1].raw, "１９９００００１２３４");
}

#[test]
fn one_line_and_no_colons() {
    let contact = find(
        "联系人：李四 联系电话：82620000，邮箱：li@example.net",
        "",
        "",
    );
    assert_eq!(
        (contact.name.as_deref(), phones(&contact)),
        (Some("李四"), vec!["82620000".to_owned()])
    );
    assert_eq!(phones(&find("电话19900001234", "", "")), ["19900001234"]);
}

#[test]
fn identity_numbers_are_not_telephones() {
    let contact = find(
        "身份证号：110101199001011234\n110101199001011234 15位130503670401001 末位X 11010119900101123X\n电话：19900001234",
        "",
        "",
    );
    assert_eq!(phones(&contact), ["19900001234"]);
}

#[test]
fn the_office_itself_is_not_the_sender() {
    let contact = find(
        "贵局电话0900-5550199（5550199）邮箱office@example.org打不通。\n电话：0900－5550199 19900001234",
        "",
        "",
    );
    assert_eq!(phones(&contact), ["19900001234"]);
    assert!(contact.emails.is_empty());
}

#[test]
fn signatures_and_claims() {
    let contact = find(
        "建议增加检测点。\n此致\n敬礼\n市民：王五\n0900-5550123\n2025年6月10日",
        "",
        "风中的云",
    );
    assert_eq!(
        (contact.name.as_deref(), phones(&contact)),
        (Some("王五"), vec!["0900-5550123".to_owned()])
    );
    let contact = find("同意。", "-- \n赵六\n示例市质量协会\nzhao@example.net", "");
    assert_eq!(
        (contact.name.as_deref(), contact.organisation.as_deref()),
        (Some("赵六"), Some("示例市质量协会"))
    );
    let claim = find("同意。", "", "张三丰");
    assert_eq!(
        (claim.name.as_deref(), claim.evidence[0].stood),
        (Some("张三丰"), Stood::From)
    );
    assert_eq!(find("同意。", "", "风中的云").name, None);
    assert!(find("同意。", "", "").is_silent());
}

#[test]
fn numbers_in_the_text_are_not_all_telephones() {
    let contact = find(
        "到2025年新增82620000元，合格率98.5%，热线0900-5550123应公布。\n一\n二\n三\n四\n五\n六\n七\n文号20250610号",
        "",
        "",
    );
    assert!(contact.phones.is_empty(), "{:?}", contact.phones);
}
