//! Who is responsible for what: from a section to all sections of one unit.

use crate::on_both;
use crate::page::Page;
use crate::support::TestSite;

fn page(site: &TestSite, path: &str) -> Page {
    let reply = site.client().get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    Page::read(&reply.text())
}

/// Where the name of a unit on a section's page leads.
fn leads_to(site: &TestSite, section: &str, unit: &str) -> String {
    let shown = page(site, section);
    let links = shown
        .words
        .iter()
        .filter(|words| words.inside.contains(&".units".to_owned()));
    let names: Vec<&str> = links
        .map(|words| words.text.trim())
        .filter(|text| text.starts_with('区') || text.starts_with('各'))
        .collect();
    let at = names
        .iter()
        .position(|name| *name == unit)
        .unwrap_or_else(|| panic!("no {unit} among {names:?}"));
    let hrefs: Vec<&str> = shown
        .links()
        .into_iter()
        .filter(|href| href.contains("/units/"))
        .collect();
    hrefs[at].to_owned()
}

on_both! {
    /// The name of a unit leads to all sections that name it, and to nothing else.
    fn a_unit_leads_to_all_its_sections(site: TestSite) {
        site.publish_sample();
        let brigade = leads_to(&site, "/c/plan/s/2.2.3", "区消防队");
        assert_eq!(brigade, leads_to(&site, "/c/plan/s/2.2.4", "区消防队"), "one unit, one page");
        assert!(page(&site, "/c/plan/draft").links().contains(&brigade.as_str()), "also from the whole text");
        let shown = page(&site, &brigade);
        let sections: Vec<&str> = shown.links().into_iter().filter(|href| href.contains("/s/")).collect();
        assert_eq!(sections, ["/c/plan/s/2.2.3", "/c/plan/s/2.2.4"]);
        assert_eq!(shown.packed("h1", &[]), "区消防队");
        let words = shown.packed(".hit-words", &[]);
        assert!(words.starts_with("每层配备2具灭火器"), "{words}");
        assert!(page(&site, &format!("/en{brigade}")).packed("main", &[]).contains("takespartin:2."));
    }

    /// All units with their counts, the busiest first.
    fn all_units_are_listed_with_their_counts(site: TestSite) {
        site.publish_sample();
        assert!(page(&site, "/c/plan").links().contains(&"/c/plan/units"));
        let shown = page(&site, "/c/plan/units");
        let text = shown.packed(".unit-list", &[]);
        assert!(text.starts_with("区社区建设局4条"), "{text}");
        assert!(text.contains("区供电公司1条"), "{text}");
        for href in shown.links().into_iter().filter(|href| href.contains("/units/")) {
            assert_eq!(site.client().get(href).status, 200, "{href}");
        }
        for wrong in ["/c/plan/units/0", "/c/plan/units/%00", "/c/none/units"] {
            assert_eq!(site.client().get(wrong).status, 404, "{wrong}");
        }
    }

    /// A draft that names nobody says so.
    fn a_draft_without_units_says_so(site: TestSite) {
        let text = crate::support::notice::NOTICE.lines().map(|line| line.split("(区").next().unwrap()).collect::<Vec<_>>().join("\n");
        site.publish("plan", &text);
        assert!(!page(&site, "/c/plan").links().contains(&"/c/plan/units"));
        assert!(page(&site, "/c/plan/units").packed("main", &[]).contains("没有写明责任单位"));
    }
}
