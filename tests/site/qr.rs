//! The QR codes of the pages, read by a reader that is not ours.

use crate::page::Page;

/// Dots for each module: readers look for edges.
const SCALE: usize = 4;

/// What the code on a page holds.
pub fn read(html: &str) -> String {
    let page = Page::read(html);
    let drawing = page.find("svg", "class", "qr").expect("a code");
    let side: usize = drawing
        .get("viewBox")
        .unwrap()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let dark = page
        .find("path", "fill", "#000")
        .and_then(|path| path.get("d"))
        .unwrap();
    let mut modules = vec![false; side * side];
    // Each run is drawn as M{left} {top}h{wide}v1h-{wide}z.
    for run in dark.split('M').skip(1) {
        let (at, wide) = run.split_once('h').unwrap();
        let (left, top) = at.split_once(' ').unwrap();
        let number = |text: &str| text.parse::<usize>().unwrap();
        let start = number(top) * side + number(left);
        let wide = number(wide.split('v').next().unwrap());
        modules[start..start + wide].fill(true);
    }
    let is_dark = |x: usize, y: usize| modules[y / SCALE * side + x / SCALE];
    let mut image = rqrr::PreparedImage::prepare_from_bitmap(side * SCALE, side * SCALE, is_dark);
    let found = image.detect_grids();
    assert_eq!(found.len(), 1, "one code on the page");
    found[0].decode().expect("a code that can be read").1
}
