//! Pages that are kept.

use super::*;

#[derive(Template)]
#[template(ext = "html", source = "<p>{{ words }}</p>")]
struct Page {
    words: String,
}

impl Page {
    fn kept(words: &str, last: Option<&Kept>) -> Kept {
        let words = words.repeat(500);
        keep_page(&Self { words }, Script::None, Timestamp::MAX, last).unwrap()
    }
}

#[test]
fn a_page_made_anew_with_the_same_bytes_keeps_its_packed_forms() {
    let first = Page::kept("甲", None);
    let packed = |kept: &Kept| kept.forms.brotli.as_ref().unwrap().body.as_ptr();
    let again = Page::kept("甲", Some(&first));
    assert_eq!(packed(&again), packed(&first), "not packed a second time");
    let other = Page::kept("乙", Some(&first));
    assert_ne!(other.forms.plain.etag, first.forms.plain.etag);
}
