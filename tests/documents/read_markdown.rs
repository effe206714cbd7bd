//! Markdown loses its marks and keeps its words and numbers.

use crate::files::{codes, read};

#[test]
fn marks_go_and_numbers_stay() {
    let source = read(
        "plan.md",
        "# 云山区方案 #\n\n一、**总体**要求\n====\n(1) 甲\n3. 乙\n5. 丙*丁*戊\n- 己\n  * 庚 \\* 辛\n——壬\n> 癸\n\n\
         [甲](http://example.org/a)和<http://example.org>、`1.*2*`、a*b、x_y_z\n---\n~~~\n# 不是标题\n~~~\n"
            .as_bytes(),
    );
    assert_eq!(
        source.text,
        "云山区方案\n\n一、总体要求\n(1) 甲\n3. 乙\n5. 丙丁戊\n己\n庚 * 辛\n——壬\n癸\n\n\
         甲和http://example.org、1.*2*、a*b、x_y_z\n# 不是标题\n"
    );
    assert_eq!(source.headings, [(1, 1), (3, 1), (12, 2)]);
}

#[test]
fn tables_notes_and_pictures() {
    let source = read(
        "plan.md",
        "|序号|任务|\n|--|:-:|\n|1|甲\\|乙[^a]|\n|2|**丙**<br>丁|\n\n![图](a.png)\n\n[^a]: 说明\n"
            .as_bytes(),
    );
    assert_eq!(
        source.text,
        "\t序号\t任务\t\n\t1\t甲|乙〔注1〕\t\n\t2\t丙\u{2028}丁\t\n〔注1〕说明\n\n（图片未保留）\n\n"
    );
    assert_eq!(codes(&source), [("picture-left-out", 6)]);
}
