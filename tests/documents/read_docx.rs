//! Word documents: what Word would print is what is read.

use crate::files::{Docx, POINT, codes, p, pp, r};
use jianyan::documents::read::Format;

fn text(body: &str) -> String {
    Docx::of(body).read().text
}

fn cell(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

#[test]
fn paragraphs_breaks_and_signs() {
    let body = p("甲 &<乙>")
        + "<w:p><w:r><w:t>  丙\n</w:t><w:br/><w:t xml:space=\"preserve\"> 丁</w:t><w:br w:type=\"page\"/><w:tab/><w:t>戊</w:t><w:noBreakHyphen/><w:softHyphen/>\
           <w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:cr/><w:t>&#x4E00;&lt;</w:t></w:r></w:p>\
           <w:p/><w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>\
           <w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:tab/><w:t>己</w:t><w:tab/></w:r></w:p>\
           <w:p><w:smartTag><w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>庚</w:t></w:r></w:sdtContent></w:sdt></w:hyperlink></w:smartTag></w:p>";
    assert_eq!(
        text(&body),
        "甲 &<乙>\n丙\n 丁\t戊-☑\n一<\n\nx=1\n 己\t\n庚\n"
    );
    let source =
        Docx::of("<w:p><w:r><w:sym w:font=\"Unknown\" w:char=\"F0AA\"/><w:t>￼</w:t></w:r></w:p>")
            .read();
    assert_eq!(source.text, "〓〓\n");
    assert_eq!(codes(&source), [("sign-unknown", 1)]);
    assert_eq!(source.format, Format::Docx);
}

#[test]
fn strict_documents_are_read_too() {
    let document = Docx::of(&p("甲"));
    let strict = document.document().replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    let bytes = crate::files::zip(&[
        ("[Content_Types].xml", b"<a/>"),
        ("word/document.xml", strict.as_bytes()),
    ]);
    assert_eq!(crate::files::read("a.docx", &bytes).text, "甲\n");
}

#[test]
fn headings_by_level_style_and_name() {
    let document = Docx {
        styles: "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>\
                 <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"自定\"/><w:basedOn w:val=\"1\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
                 <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:basedOn w:val=\"b\"/></w:style>"
            .to_owned(),
        body: pp("<w:pStyle w:val=\"1\"/>", "甲")
            + &p("正文")
            + &pp("<w:pStyle w:val=\"c\"/>", "乙")
            + &pp("<w:outlineLvl w:val=\"4\"/>", "丙")
            + &pp("<w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"9\"/>", "丁")
            + &pp("<w:outlineLvl w:val=\"0\"/>", " "),
        ..Docx::default()
    };
    assert_eq!(document.read().headings, [(1, 1), (3, 2), (4, 5)]);
}

#[test]
fn tables_with_merged_cells() {
    let span = "<w:gridSpan w:val=\"2\"/>";
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr></w:tbl>{}",
        cell("", &p("序\t号")),
        cell(span, &(p("任务") + &p("要求") + "<w:p/>")),
        cell("<w:vMerge w:val=\"restart\"/>", &p("1")),
        cell("", &p("甲")),
        cell(
            "",
            "<w:p><w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:tab/></w:r></w:p>"
        ),
        cell("<w:vMerge/>", &p("")),
        cell("", &p("丁")),
        p("尾"),
    );
    assert_eq!(
        text(&body),
        "\t序 号\t任务\u{2028}要求\t\t\n\t1\t甲\t乙\u{2028}丙 \t\n\t\t\t丁\t\n尾\n"
    );
    let huge = format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"999999999\"/>", &p("甲"))
    );
    assert_eq!(text(&huge).matches('\t').count(), 64);
}

#[test]
fn a_table_within_a_table_is_pressed_into_its_cell() {
    let inner = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl>",
        cell("", &p("一")),
        cell("", &p("二")),
        cell("", &p("三"))
    );
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell("", &(p("甲") + &inner + &p("乙"))),
        cell("", &p("丙"))
    );
    let source = Docx::of(&body).read();
    assert_eq!(source.text, "\t甲\u{2028}一 二\u{2028}三\u{2028}乙\t丙\t\n");
    assert_eq!(codes(&source), [("nested-table", 1)]);
}

#[test]
fn tracked_changes_are_accepted() {
    let body = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>\
                <w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo></w:p>\
                <w:p><w:pPr><w:pStyle w:val=\"x\"/><w:rPr><w:del/></w:rPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>\
                <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>留</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
                <w:p><w:r><w:t>批</w:t><w:commentReference w:id=\"1\"/></w:r></w:p>";
    let source = Docx::of(body).read();
    assert_eq!(source.text, "新来\n前后\n\t留\t\n批\n");
    assert!(source.headings.is_empty());
    assert_eq!(
        codes(&source),
        [("tracked-changes", 1), ("comments-left-out", 1)]
    );
    assert!(
        source.warnings[0].message.contains("插入2处，删除4处"),
        "{}",
        source.warnings[0].message
    );
}

#[test]
fn notes_follow_the_paragraph_or_the_table() {
    let note = |kind: &str, id: u32, text: &str| {
        format!(
            "<w:{kind} w:id=\"{id}\"><w:p><w:r><w:{kind}Ref/></w:r>{}</w:p></w:{kind}>",
            r(text)
        )
    };
    let refer = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let document = Docx {
        footnotes: "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>".to_owned()
            + &note("footnote", 1, " 出处甲")
            + &note("footnote", 2, "出处乙"),
        endnotes: note("endnote", 1, "尾注"),
        body: format!(
            "<w:p>{}{}{}</w:p>{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>{}",
            r("甲"),
            refer("footnote", 2),
            refer("endnote", 1),
            p("乙"),
            cell(
                "",
                &format!("<w:p>{}{}</w:p>", r("丙"), refer("footnote", 1))
            ),
            cell("", &p("丁")),
            p("戊")
        ),
        ..Docx::default()
    };
    assert_eq!(
        document.read().text,
        "甲〔注1〕〔注2〕\n〔注1〕出处乙\n〔注2〕尾注\n乙\n\t丙〔注3〕\t丁\t\n〔注3〕出处甲\n戊\n"
    );
}

#[test]
fn pictures_text_boxes_and_charts() {
    let drawing = |inner: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"a\" descr=\"示意图\"/><a:graphic>{inner}</a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let picture = |id: &str| {
        drawing(&format!(
            "<pic:pic><pic:blipFill><a:blip r:embed=\"{id}\"/></pic:blipFill></pic:pic>"
        ))
    };
    let fixed = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
                 <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    let document = Docx {
        relations: "<Relationship Id=\"p\" Type=\"x/image\" Target=\"media/a.png\"/><Relationship Id=\"e\" Type=\"x/image\" Target=\"/word/media/b.emf\"/>\
                    <Relationship Id=\"o\" Type=\"x/image\" Target=\"http://example.org/a.png\" TargetMode=\"External\"/>".to_owned(),
        more: vec![
            ("word/media/a.png".to_owned(), POINT.to_vec()),
            ("word/media/b.emf".to_owned(), b"\x01\0\0\0".to_vec()),
        ],
        body: format!(
            "<w:p>{}{}{}</w:p><w:p>{}{}{}</w:p><w:p>{fixed}{}</w:p>",
            r("图"),
            picture("p"),
            picture("p"),
            picture("e"),
            picture("o"),
            drawing("<c:chart r:id=\"x\"/>"),
            r("框外")
        ),
        ..Docx::default()
    };
    let source = document.read();
    assert_eq!(
        source.text,
        "图\u{fffc}（图片1）\u{fffc}（图片1）\n（图片未保留）（图片未保留）（图片未保留）\n框外\n框中\n"
    );
    assert_eq!(source.images.len(), 1);
    assert_eq!(source.images[0].alt, "示意图");
    assert_eq!(codes(&source), [("picture-left-out", 2); 3]);
}

#[test]
fn fields_show_their_result() {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            r(result)
        )
    };
    let body = format!(
        "<w:p>{}{}</w:p><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{}</w:p><w:p>{}</w:p>",
        r("见"),
        field(" REF a ", "第三条"),
        r("没完"),
        r("后文")
    );
    let source = Docx::of(&body).read();
    assert_eq!(source.text, "见第三条\n没完\n后文\n");
    assert_eq!(codes(&source), [("field-unclosed", 2)]);
}

#[test]
fn tables_of_contents_are_told() {
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = format!(
        "{}<w:p>{begin}{}</w:p>{}<w:p>{end}</w:p>{}<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        p("方案"),
        r("一、甲 1"),
        p("二、乙 3"),
        p("一、甲"),
        p("目录项"),
        p("正文")
    );
    let source = Docx::of(&body).read();
    assert_eq!(source.contents, [[2, 3], [6, 6]]);
    assert_eq!(
        codes(&source),
        [("table-of-contents", 2), ("table-of-contents", 6)]
    );
}

#[test]
fn hidden_text_is_left_out() {
    let document = Docx {
        styles: "<w:style w:type=\"character\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style>".to_owned(),
        body: "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>藏</w:t></w:r>\
               <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>也见</w:t></w:r></w:p>".to_owned(),
        ..Docx::default()
    };
    let source = document.read();
    assert_eq!(source.text, "见也见\n");
    assert_eq!(codes(&source), [("hidden-text", 1)]);
}
