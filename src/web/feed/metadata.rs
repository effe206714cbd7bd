//! What search engines and chat programs read in the head of a page: description, addresses in
//! both languages, Open Graph, and schema.org data as JSON-LD.
//!
//! A `<script type="application/ld+json">` is data and is never run, so the policy against scripts
//! (`default-src 'none'`) does not forbid it (HTML, "prepare the script element").

use super::{address, alternates};
use crate::shorten::shorten;
use crate::words::Lang;
use askama::Template;
use jiff::civil::Date;
use serde_json::{Value, json};

/// A description is cut at the last clause within so many characters: what search engines show.
const DESCRIPTION: usize = 110;

/// The data of one page. Its `Display` is the tags for the head; put them there with `|safe`.
#[derive(Template, Clone, Debug)]
#[template(path = "feed/metadata.html")]
pub struct PageMeta {
    pub lang: Lang,
    pub title: String,
    /// Plain text, one line.
    pub description: String,
    /// The full address of this page in this language.
    pub canonical: String,
    /// `hreflang` and full address.
    pub alternates: Vec<(&'static str, String)>,
    /// `website` or `article`.
    pub og_type: &'static str,
    pub site_name: String,
    /// Safe to stand inside a script element as it is.
    pub json_ld: String,
}

/// The site a page is on.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// Scheme and host.
    pub origin: &'a str,
    pub name: &'a str,
    pub lang: Lang,
}

/// A consultation as machines are told of it.
#[derive(Clone, Debug)]
pub struct ConsultationFacts<'a> {
    pub slug: &'a str,
    /// The notice's title.
    pub title: &'a str,
    pub draft_title: &'a str,
    pub issuer: &'a str,
    pub issued_on: Option<Date>,
    /// First and last day on which opinions are taken.
    pub opens_on: Date,
    pub closes_on: Date,
    /// The notice's first words.
    pub text: &'a str,
    /// Anchor and title (label and heading) of the sections worth naming: the upper levels.
    pub sections: &'a [(String, String)],
}

/// One section of a draft as machines are told of it.
#[derive(Clone, Debug)]
pub struct SectionFacts<'a> {
    pub anchor: &'a str,
    /// As people write it: `二/(三)/8`.
    pub path: &'a str,
    /// Label and heading.
    pub title: &'a str,
    pub text: &'a str,
}

/// The data of a consultation's first page.
#[must_use]
pub fn of_consultation(site: &Site<'_>, facts: &ConsultationFacts<'_>) -> PageMeta {
    let path = format!("/c/{}", facts.slug);
    let here = address(site.origin, site.lang, &path);
    let page = json!({
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": facts.title,
        "inLanguage": site.lang.tag(),
        "temporalCoverage": window(facts),
        "mainEntity": { "@id": draft_id(site, facts) },
        "publisher": office(facts),
    });
    let graph = json!([page, draft(site, facts), service(site, facts)]);
    meta(site, &path, facts.title, facts.text, "website", &graph)
}

/// The data of a section's page.
#[must_use]
pub fn of_section(
    site: &Site<'_>,
    facts: &ConsultationFacts<'_>,
    section: &SectionFacts<'_>,
) -> PageMeta {
    let path = format!("/c/{}/s/{}", facts.slug, section.anchor);
    let mut part = part(site, facts, section.anchor, section.title);
    insert(&mut part, "text", json!(section.text));
    insert(&mut part, "legislationIdentifier", json!(section.path));
    insert(
        &mut part,
        "isPartOf",
        json!({
            "@type": "Legislation",
            "@id": draft_id(site, facts),
            "name": facts.draft_title,
        }),
    );
    let title = format!("{}_{}", section.title, facts.draft_title);
    meta(site, &path, &title, section.text, "article", &json!([part]))
}

fn meta(
    site: &Site<'_>,
    path: &str,
    title: &str,
    text: &str,
    og_type: &'static str,
    graph: &Value,
) -> PageMeta {
    let data = json!({ "@context": "https://schema.org", "@graph": graph });
    PageMeta {
        lang: site.lang,
        title: title.to_owned(),
        description: description(text),
        canonical: address(site.origin, site.lang, path),
        alternates: alternates(site.origin, path).into(),
        og_type,
        site_name: site.name.to_owned(),
        json_ld: inside_script(&data.to_string()),
    }
}

/// The draft as a legal text: not in force, with the parts that have pages.
fn draft(site: &Site<'_>, facts: &ConsultationFacts<'_>) -> Value {
    let parts: Vec<Value> = facts
        .sections
        .iter()
        .map(|(anchor, title)| part(site, facts, anchor, title))
        .collect();
    let mut draft = json!({
        "@type": "Legislation",
        "@id": draft_id(site, facts),
        "url": address(site.origin, site.lang, &format!("/c/{}/draft", facts.slug)),
        "name": facts.draft_title,
        "legislationIdentifier": facts.slug,
        "legislationLegalForce": "https://schema.org/NotInForce",
        "legislationType": "征求意见稿",
        "inLanguage": Lang::Zh.tag(),
        "publisher": office(facts),
        "hasPart": parts,
    });
    if let Some(day) = facts.issued_on {
        insert(&mut draft, "legislationDate", json!(day.to_string()));
    }
    draft
}

fn part(site: &Site<'_>, facts: &ConsultationFacts<'_>, anchor: &str, title: &str) -> Value {
    let path = format!("/c/{}/s/{anchor}", facts.slug);
    json!({
        "@type": "Legislation",
        "@id": address(site.origin, Lang::Zh, &path),
        "url": address(site.origin, site.lang, &path),
        "name": title,
        "legislationIdentifier": anchor,
        "legislationLegalForce": "https://schema.org/NotInForce",
        "inLanguage": Lang::Zh.tag(),
    })
}

/// Taking opinions as a service of the office, with the days on which it is open.
fn service(site: &Site<'_>, facts: &ConsultationFacts<'_>) -> Value {
    json!({
        "@type": "GovernmentService",
        "name": facts.title,
        "serviceType": site.lang.pick("公开征求意见", "Public consultation"),
        "serviceOperator": office(facts),
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": address(site.origin, site.lang, &format!("/c/{}/comment", facts.slug)),
        },
        "hoursAvailable": {
            "@type": "OpeningHoursSpecification",
            "validFrom": facts.opens_on.to_string(),
            "validThrough": facts.closes_on.to_string(),
        },
    })
}

fn office(facts: &ConsultationFacts<'_>) -> Value {
    json!({ "@type": "GovernmentOrganization", "name": facts.issuer })
}

/// An interval of whole days (ISO 8601).
fn window(facts: &ConsultationFacts<'_>) -> String {
    format!("{}/{}", facts.opens_on, facts.closes_on)
}

/// One name for the draft in both languages: it is one text.
fn draft_id(site: &Site<'_>, facts: &ConsultationFacts<'_>) -> String {
    address(site.origin, Lang::Zh, &format!("/c/{}/draft", facts.slug))
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// JSON that may stand inside a script element: no `<` that could end it or open a comment, and no
/// line separators that older readers of JavaScript stumble over.
fn inside_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            other => safe.push(other),
        }
    }
    safe
}

/// The first clauses of a text, in one line.
fn description(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let mut end = None;
    for (count, (at, c)) in line.char_indices().enumerate() {
        if count == DESCRIPTION {
            let Some(cut) = end.and_then(|end| line.get(..end)) else {
                return shorten(&line, DESCRIPTION);
            };
            return format!("{}…", cut.trim_end_matches(['，', '、', '；', '：', ' ']));
        }
        if matches!(c, '。' | '，' | '；' | '！' | '？') {
            end = Some(at.saturating_add(c.len_utf8()));
        }
    }
    line
}
