//! Automatic numbering of Word documents: the labels stand nowhere in the text and are printed as
//! Word prints them.

use crate::files::{Docx, p, pp, r};

fn level(index: usize, format: &str, text: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn shape(id: usize, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

fn number(id: usize, of: usize, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{of}\"/>{more}</w:num>")
}

fn item(id: usize, level: usize) -> String {
    pp(
        &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>"),
        "甲",
    )
}

/// The labels of the paragraphs, whose text is 甲.
fn labels(document: &Docx) -> Vec<String> {
    let text = document.read().text;
    text.lines()
        .map(|line| line.strip_suffix('甲').unwrap().to_owned())
        .collect()
}

/// The labels of the first, the tenth, the eleventh and so on, of one level.
fn printed(format: &str) -> Vec<String> {
    let document = Docx {
        numbering: shape(0, &level(0, format, "%1|")) + &number(1, 0, ""),
        body: item(1, 0).repeat(121),
        ..Docx::default()
    };
    let all = labels(&document);
    [1, 2, 10, 11, 20, 21, 30, 51, 100, 101, 110, 121]
        .iter()
        .map(|at| all[at - 1].trim_end_matches('|').to_owned())
        .collect()
}

#[test]
fn every_kind_of_figures() {
    for (format, wanted) in [
        ("decimal", "1 2 10 11 20 21 30 51 100 101 110 121"),
        ("decimalZero", "01 02 10 11 20 21 30 51 100 101 110 121"),
        ("upperRoman", "I II X XI XX XXI XXX LI C CI CX CXXI"),
        ("lowerRoman", "i ii x xi xx xxi xxx li c ci cx cxxi"),
        ("upperLetter", "A B J K T U DD YY VVVV WWWW FFFFF QQQQQ"),
        ("lowerLetter", "a b j k t u dd yy vvvv wwww fffff qqqqq"),
        (
            "chineseCountingThousand",
            "一 二 十 十一 二十 二十一 三十 五十一 一百 一百零一 一百一十 一百二十一",
        ),
        (
            "chineseCounting",
            "一 二 十 十一 二十 二十一 三十 五十一 一○○ 一○一 一一○ 一二一",
        ),
        (
            "taiwaneseCountingThousand",
            "一 二 十 十一 二十 二十一 三十 五十一 一百 一百零一 一百一十 一百二十一",
        ),
        (
            "japaneseCounting",
            "一 二 十 十一 二十 二十一 三十 五十一 百 百一 百十 百二十一",
        ),
        (
            "ideographDigital",
            "一 二 一〇 一一 二〇 二一 三〇 五一 一〇〇 一〇一 一一〇 一二一",
        ),
        (
            "chineseLegalSimplified",
            "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 叁拾 伍拾壹 壹佰 壹佰零壹 壹佰壹拾 壹佰贰拾壹",
        ),
        (
            "ideographLegalTraditional",
            "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 參拾 伍拾壹 壹佰 壹佰零壹 壹佰壹拾 壹佰貳拾壹",
        ),
        (
            "ideographTraditional",
            "甲 乙 癸 11 20 21 30 51 100 101 110 121",
        ),
        ("ideographZodiac", "子 丑 酉 戌 20 21 30 51 100 101 110 121"),
        (
            "ideographZodiacTraditional",
            "甲子 乙丑 癸酉 甲戌 癸未 甲申 癸巳 甲寅 100 101 110 121",
        ),
        (
            "decimalEnclosedCircle",
            "① ② ⑩ ⑪ ⑳ ㉑ ㉚ 51 100 101 110 121",
        ),
        (
            "decimalEnclosedCircleChinese",
            "① ② ⑩ ⑪ ⑳ ㉑ ㉚ 51 100 101 110 121",
        ),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ ⑾ ⒇ 21 30 51 100 101 110 121"),
        (
            "decimalEnclosedFullstop",
            "⒈ ⒉ ⒑ ⒒ ⒛ 21 30 51 100 101 110 121",
        ),
        (
            "ideographEnclosedCircle",
            "㊀ ㊁ ㊉ 11 20 21 30 51 100 101 110 121",
        ),
        (
            "decimalFullWidth",
            "１ ２ １０ １１ ２０ ２１ ３０ ５１ １００ １０１ １１０ １２１",
        ),
        (
            "numberInDash",
            "-1- -2- -10- -11- -20- -21- -30- -51- -100- -101- -110- -121-",
        ),
        (
            "ordinal",
            "1st 2nd 10th 11th 20th 21st 30th 51st 100th 101st 110th 121st",
        ),
    ] {
        let printed: Vec<String> = printed(format)
            .iter()
            .map(|label| label.replace(' ', ""))
            .collect();
        assert_eq!(printed.join(" "), wanted, "{format}");
    }
}

#[test]
fn figures_nobody_knows_are_told() {
    let document = Docx {
        numbering: shape(0, &level(0, "thaiLetters", "%1、")) + &number(1, 0, ""),
        body: item(1, 0),
        ..Docx::default()
    };
    assert_eq!(labels(&document), ["1、"]);
    assert_eq!(document.read().warnings[0].code, "numbering-figures");
}

fn plan() -> String {
    shape(
        0,
        &(level(0, "chineseCountingThousand", "%1、")
            + &level(1, "chineseCountingThousand", "（%2）")
            + &level(2, "decimal", "%3.")
            + &level(3, "decimal", "（%4）")
            + &level(4, "decimal", "%1.%2.%3")),
    )
}

#[test]
fn levels_restart_below_the_ones_above() {
    let levels = [0, 1, 2, 2, 3, 3, 1, 2, 3, 0, 1, 2];
    let document = Docx {
        numbering: plan() + &number(1, 0, ""),
        body: levels.iter().map(|level| item(1, *level)).collect(),
        ..Docx::default()
    };
    assert_eq!(
        labels(&document),
        [
            "一、",
            "（一）",
            "1.",
            "2.",
            "（1）",
            "（2）",
            "（二）",
            "1.",
            "（1）",
            "二、",
            "（一）",
            "1."
        ]
    );
}

#[test]
fn restarts_as_they_are_stated() {
    // Arabic numbers that run on across groups, and ones that start again only after a chapter.
    let run_on = "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlRestart w:val=\"0\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%3.\"/></w:lvl>";
    let by_chapter = run_on.replace("lvlRestart w:val=\"0\"", "lvlRestart w:val=\"1\"");
    let levels = [0, 1, 2, 2, 1, 2, 0, 2];
    for (third, wanted) in [
        (
            run_on,
            ["一、", "（一）", "1.", "2.", "（二）", "3.", "二、", "4."],
        ),
        (
            &by_chapter,
            ["一、", "（一）", "1.", "2.", "（二）", "3.", "二、", "1."],
        ),
    ] {
        let two = level(0, "chineseCountingThousand", "%1、")
            + &level(1, "chineseCountingThousand", "（%2）");
        let document = Docx {
            numbering: shape(0, &(two + third)) + &number(1, 0, ""),
            body: levels.iter().map(|level| item(1, *level)).collect(),
            ..Docx::default()
        };
        assert_eq!(labels(&document), wanted);
    }
}

#[test]
fn numberings_share_a_count_unless_they_start_anew() {
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let document = Docx {
        numbering: plan() + &number(1, 0, "") + &number(2, 0, "") + &number(3, 0, anew),
        body: [1, 1, 2, 3, 3, 2].iter().map(|id| item(*id, 0)).collect(),
        ..Docx::default()
    };
    assert_eq!(
        labels(&document),
        ["一、", "二、", "三、", "五、", "六、", "七、"]
    );
}

#[test]
fn a_level_can_be_overridden_whole() {
    let own = format!(
        "<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>",
        level(0, "decimalFullWidth", "第%1部分")
    );
    let document = Docx {
        numbering: plan() + &number(1, 0, &own),
        body: item(1, 0) + &item(1, 0),
        ..Docx::default()
    };
    assert_eq!(labels(&document), ["第１部分", "第２部分"]);
}

#[test]
fn labels_of_several_levels_and_legal_ones() {
    let legal = "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>";
    let document = Docx {
        numbering: shape(0, &(level(0, "chineseCountingThousand", "第%1章") + legal))
            + &number(1, 0, ""),
        body: [0, 1, 1, 0, 1]
            .iter()
            .map(|level| item(1, *level))
            .collect(),
        ..Docx::default()
    };
    assert_eq!(labels(&document), ["第一章", "1.1", "1.2", "第二章", "2.1"]);
    // A level that was never counted shows its start.
    let orphan = Docx {
        body: item(1, 1),
        ..document
    };
    assert_eq!(labels(&orphan), ["1.1"]);
}

#[test]
fn numbering_comes_through_styles() {
    let linked = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:pStyle w:val=\"one\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
                  <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:pStyle w:val=\"two\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>";
    let style = |id: &str, inner: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>{inner}</w:style>"
        )
    };
    let numbered = "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    let document = Docx {
        numbering: shape(0, linked) + &number(1, 0, ""),
        styles: style("one", numbered)
            + &style("two", numbered)
            + &style("derived", "<w:basedOn w:val=\"two\"/>")
            + &style("loop", "<w:basedOn w:val=\"loop\"/>"),
        body: ["one", "two", "derived", "one", "loop"]
            .iter()
            .map(|style| pp(&format!("<w:pStyle w:val=\"{style}\"/>"), "甲"))
            .collect::<String>()
            + &pp(
                "<w:pStyle w:val=\"one\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
                "甲",
            )
            + &pp("<w:pStyle w:val=\"one\"/>", "甲"),
        ..Docx::default()
    };
    assert_eq!(
        labels(&document),
        ["一、", "（一）", "（二）", "二、", "", "", "三、"]
    );
}

#[test]
fn a_numbering_stands_for_another_through_a_style() {
    let document = Docx {
        numbering: plan()
            + "<w:abstractNum w:abstractNumId=\"7\"><w:numStyleLink w:val=\"list\"/></w:abstractNum>"
            + &number(1, 0, "")
            + &number(2, 7, ""),
        styles: "<w:style w:type=\"numbering\" w:styleId=\"list\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>".to_owned(),
        body: item(2, 0) + &item(2, 1),
        ..Docx::default()
    };
    assert_eq!(labels(&document), ["一、", "（一）"]);
}

#[test]
fn what_separates_a_label_from_its_text() {
    for (text, suffix, wanted) in [
        ("%1、", "tab", "一、甲\n"),
        ("（%1）", "tab", "（一）甲\n"),
        ("(%1)", "space", "(一)甲\n"),
        ("第%1条", "tab", "第一条 甲\n"),
        ("第%1条", "space", "第一条 甲\n"),
        ("第%1条", "nothing", "第一条甲\n"),
        ("%1.", "tab", "一. 甲\n"),
        ("%1．", "tab", "一．甲\n"),
    ] {
        let level = level(0, "chineseCountingThousand", text)
            .replace("\"nothing\"", &format!("\"{suffix}\""));
        let document = Docx {
            numbering: shape(0, &level) + &number(1, 0, ""),
            body: item(1, 0),
            ..Docx::default()
        };
        assert_eq!(document.read().text, wanted, "{text} {suffix}");
    }
}

#[test]
fn bullets_are_dashes_or_points() {
    for (sign, wanted) in [
        ("\u{f06c}", "• 甲\n"),
        ("●", "• 甲\n"),
        ("—", "——甲\n"),
        ("——", "——甲\n"),
        ("-", "——甲\n"),
        ("", "甲\n"),
    ] {
        let level = level(0, "bullet", sign).replace("\"nothing\"", "\"tab\"");
        let document = Docx {
            numbering: shape(0, &level) + &number(1, 0, ""),
            body: item(1, 0),
            ..Docx::default()
        };
        assert_eq!(document.read().text, wanted, "{sign:?}");
    }
}

#[test]
fn deleted_paragraphs_are_not_counted() {
    let numbered = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    let deleted = format!(
        "<w:p><w:pPr>{numbered}<w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr></w:pPr><w:del w:id=\"2\"><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"
    );
    let document = Docx {
        numbering: plan() + &number(1, 0, ""),
        body: item(1, 0) + &deleted + &item(1, 0) + &p("甲"),
        ..Docx::default()
    };
    assert_eq!(labels(&document), ["一、", "二、", ""]);
    assert!(r("甲").contains("preserve"));
}
