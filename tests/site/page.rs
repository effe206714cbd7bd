//! A page taken apart as far as the tests need it: its words with the language and the classes of
//! the elements they stand in, and the attributes of its elements.

/// One run of words.
#[derive(Debug)]
pub struct Words {
    pub text: String,
    /// The nearest `lang` around it.
    pub lang: String,
    /// Element names and classes around it: `p`, `.plan`, `#main`.
    pub inside: Vec<String>,
}

/// One opening tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A page taken apart.
pub struct Page {
    pub words: Vec<Words>,
    pub tags: Vec<Tag>,
}

const EMPTY_ELEMENTS: [&str; 6] = ["meta", "link", "input", "br", "img", "!doctype"];

impl Page {
    /// Takes a page apart; every element must be closed in order.
    pub fn read(html: &str) -> Self {
        let mut page = Self {
            words: Vec::new(),
            tags: Vec::new(),
        };
        let mut open: Vec<(String, Option<String>, Vec<String>)> = Vec::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once('<') {
            page.add(before, &open);
            let (inner, next) = after.split_once('>').expect("a tag that ends");
            rest = next;
            if let Some(name) = inner.strip_prefix('/') {
                let (opened, ..) = open.pop().expect("an element to close");
                assert_eq!(opened, name.trim(), "closed in the wrong order");
                continue;
            }
            let tag = tag(inner.trim_end_matches('/'));
            let mut marks = vec![tag.name.clone()];
            marks.extend(tag.get("id").map(|id| format!("#{id}")));
            let classes = tag.get("class").unwrap_or_default().split_whitespace();
            marks.extend(classes.map(|class| format!(".{class}")));
            if !EMPTY_ELEMENTS.contains(&tag.name.as_str()) && !inner.ends_with('/') {
                open.push((tag.name.clone(), tag.get("lang").map(str::to_owned), marks));
            }
            page.tags.push(tag);
        }
        assert!(open.is_empty(), "never closed: {open:?}");
        page
    }

    fn add(&mut self, text: &str, open: &[(String, Option<String>, Vec<String>)]) {
        if text.is_empty() {
            return;
        }
        let lang = open.iter().rev().find_map(|(_, lang, _)| lang.clone());
        self.words.push(Words {
            text: plain(text),
            lang: lang.unwrap_or_default(),
            inside: open
                .iter()
                .flat_map(|(_, _, marks)| marks.clone())
                .collect(),
        });
    }

    /// All words inside one kind of element and outside others, blanks taken out.
    pub fn packed(&self, inside: &str, outside: &[&str]) -> String {
        let wanted = |words: &&Words| {
            words.inside.iter().any(|mark| mark == inside)
                && !words
                    .inside
                    .iter()
                    .any(|mark| outside.contains(&mark.as_str()))
        };
        self.words
            .iter()
            .filter(wanted)
            .map(|words| packed(&words.text))
            .collect()
    }

    /// The words inside one kind of element as one line.
    pub fn line(&self, inside: &str) -> String {
        let mut line = String::new();
        for words in &self.words {
            if words.inside.iter().any(|mark| mark == inside) {
                line.push_str(&words.text);
            }
        }
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first element of a name whose attribute has a value.
    pub fn find(&self, name: &str, attribute: &str, value: &str) -> Option<&Tag> {
        self.tags
            .iter()
            .find(|tag| tag.name == name && tag.get(attribute) == Some(value))
    }

    /// The `href` of every link inside the run of tags.
    pub fn links(&self) -> Vec<&str> {
        self.tags
            .iter()
            .filter(|tag| tag.name == "a")
            .filter_map(|tag| tag.get("href"))
            .collect()
    }

    pub fn title(&self) -> String {
        self.line("title")
    }

    /// What a field of the form holds: its `value`, or the words inside a text area.
    pub fn value(&self, id: &str) -> String {
        let control = self
            .tags
            .iter()
            .find(|tag| tag.get("id") == Some(id))
            .unwrap_or_else(|| panic!("no control {id}"));
        match control.get("value") {
            Some(value) => value.to_owned(),
            None => {
                let mark = format!("#{id}");
                let inside = self
                    .words
                    .iter()
                    .filter(|words| words.inside.contains(&mark));
                let text: String = inside.map(|words| words.text.as_str()).collect();
                // A line break right behind the tag is not part of a text area (HTML, 13.2.6.4.7).
                text.strip_prefix('\n').map_or(text.clone(), str::to_owned)
            }
        }
    }
}

/// A text without any blanks.
pub fn packed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn tag(inner: &str) -> Tag {
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        match after.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, next) = quoted.split_once('"').expect("a value that ends");
                attributes.push((key.to_owned(), plain(value)));
                rest = next;
            }
            None => {
                assert!(!after.starts_with('='), "a value without quotes: {inner}");
                attributes.push((key.to_owned(), String::new()));
                rest = after;
            }
        }
    }
    Tag {
        name: name.to_ascii_lowercase(),
        attributes,
    }
}

/// Character references as askama writes them.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}
