//! Pages of government sites: the article, and nothing around it.

use crate::files::{POINT, codes, read, refusal};
use jianyan::documents::read::Limits;

const AROUND: (&str, &str) = (
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>方案_松涧区政府</title><style>p{}</style></head><body>\
     <div class=\"top nav\"><a href=\"/\">首页</a><a href=\"/a\">政务公开</a></div><script>var a='<p>x</p>';</script>",
    "<div class=\"footer\">版权所有 松涧区人民政府</div><!-- 完 --></body></html>",
);

fn page(article: &str) -> String {
    format!("{}{article}{}", AROUND.0, AROUND.1)
}

#[test]
fn the_article_and_its_title() {
    for container in [
        "<div id=\"UCAP-CONTENT\">",
        "<div class=\"TRS_Editor\">",
        "<div class=\"pages_content\">",
        "<article>",
        "<div>",
    ] {
        let html = page(&format!(
            "<div class=\"main\"><h1>松涧区书屋建设方案</h1><div>发布日期：2031年4月1日</div>{container}<style>a{{}}</style>\
             <p>　　一、总体要求</p>\n<p>&nbsp;&nbsp;（一）<b>甲</b>乙\n丙。</p>\
             <p style=\"display: none\">隐藏</p><div>丁<br>戊</div><p>己庚辛壬癸子丑寅卯辰巳午未申酉戌亥</p></div></article></div>"
        ));
        let source = read("plan.html", html.as_bytes());
        let text = source.text.replace("发布日期：2031年4月1日\n", "");
        assert_eq!(
            text,
            "松涧区书屋建设方案\n　　一、总体要求\n  （一）甲乙丙。\n丁\n戊\n己庚辛壬癸子丑寅卯辰巳午未申酉戌亥\n",
            "{container}"
        );
        assert_eq!(source.headings, [(1, 1)]);
    }
}

#[test]
fn the_name_of_the_site_is_no_title() {
    let words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
    let site = "<h1>松涧区人民政府</h1>";
    let outside = page(&format!(
        "{site}<h1>书屋方案</h1><article><p>{words}</p></article>"
    ));
    assert_eq!(
        read("a.html", outside.as_bytes()).text,
        format!("书屋方案\n{words}\n")
    );
    let inside = page(&format!(
        "{site}<article><h1>书屋方案</h1><p>{words}</p></article>"
    ));
    assert_eq!(
        read("a.html", inside.as_bytes()).text,
        format!("书屋方案\n{words}\n")
    );
    let stated = page(&format!("{site}<article><p>{words}</p></article>")).replace(
        "<title>",
        "<meta name=\"ArticleTitle\" content=\"书屋方案\"><title>",
    );
    assert_eq!(
        read("a.html", stated.as_bytes()).text,
        format!("书屋方案\n{words}\n")
    );
}

#[test]
fn charsets_by_declaration_and_by_content() {
    let html = page("<article><p>一、甲乙丙丁戊己庚辛壬癸，甲乙丙丁戊己庚辛壬癸。</p></article>");
    let wanted = read("plan.html", html.as_bytes()).text;
    for charset in ["gb2312", "GBK", "gb18030", "nonsense"] {
        let html = html.replace("utf-8", charset);
        let bytes = encoding_rs::GB18030.encode(&html).0.into_owned();
        assert_eq!(read("plan.htm", &bytes).text, wanted, "{charset}");
    }
}

#[test]
fn tables_of_data_and_tables_that_place() {
    let html = page(
        "<article><p>甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛</p><table><tr><th>序号<th colspan=2>任务<tr><td rowspan=2>1<td><p>甲</p><p>乙</p><td>丙<tr><td>丁<td>戊</table>\
         <table><tr><td><p>只是排版</p><p>两段</p></td></tr></table>\
         <table><tr><td>外</td><td>x<table><tr><td>内</td><td>中</td></tr></table></td></tr></table></article>",
    );
    let source = read("plan.html", html.as_bytes());
    assert_eq!(
        source.text,
        "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛\n\t序号\t任务\t\t\n\t1\t甲\u{2028}乙\t丙\t\n\t\t丁\t戊\t\n只是排版\n两段\n\t外\tx\u{2028}内 中\t\n"
    );
    assert_eq!(codes(&source), [("nested-table", 1)]);
}

#[test]
fn lists_headings_and_pictures() {
    let picture: String = {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        POINT
            .chunks(3)
            .flat_map(|chunk| {
                let mut three = [0_u8; 3];
                three[..chunk.len()].copy_from_slice(chunk);
                let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
                (0..4).map(move |at| {
                    if at > chunk.len() {
                        '='
                    } else {
                        char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize])
                    }
                })
            })
            .collect()
    };
    let html = page(&format!(
        "<article><h2>一、甲</h2><ol start=3><li>乙<li>丙</ol><ul><li>丁</ul><ol type=A><li>戊</ol>\
         <p>图<img alt=\"示意\" src=\"data:image/png;base64,{picture}\">和<img src=\"/a.png\">尾尾尾尾尾尾尾尾尾尾尾尾尾</p></article>"
    ));
    let source = read("plan.html", html.as_bytes());
    assert_eq!(
        source.text,
        "一、甲\n3. 乙\n4. 丙\n• 丁\nA. 戊\n图\u{fffc}（图片1）和（图片未保留）尾尾尾尾尾尾尾尾尾尾尾尾尾\n"
    );
    assert_eq!(source.headings, [(1, 2)]);
    assert_eq!(source.images[0].bytes, POINT);
    assert_eq!(
        (source.images[0].media_type, source.images[0].alt.as_str()),
        ("image/png", "示意")
    );
    assert_eq!(codes(&source), [("picture-left-out", 1)]);
}

#[test]
fn hostile_pages_are_refused_or_read_at_once() {
    let limits = Limits::default();
    let deep = format!("<html>{}甲", "<div>".repeat(1000));
    assert!(
        refusal("a.html", deep.as_bytes(), &limits)
            .to_string()
            .contains("deeper than 256")
    );
    let many: String = (0..200_000).map(|n| format!("a{n} ")).collect();
    let wide = format!("<html><p {many}>甲");
    assert!(
        refusal("a.html", wide.as_bytes(), &limits)
            .to_string()
            .contains("attributes")
    );
    // Marks within a line that are never closed are common and do no harm.
    let open = format!("<html><p>{}甲", "<font><span>".repeat(100_000));
    assert_eq!(read("a.html", open.as_bytes()).text, "甲\n");
    let cells = format!(
        "<html><table>{}",
        "<tr><td rowspan=9999 colspan=9999>甲".repeat(300)
    );
    assert!(read("a.html", cells.as_bytes()).text.len() < 3_000_000);
}
