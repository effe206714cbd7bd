//! Forms to send: each with a text, a name and a number of its own, as a browser encodes them
//! (`application/x-www-form-urlencoded`, WHATWG URL Standard).

use std::io::Write;

/// What each form says, before its number.
pub const TEXT: &str = "建议把本条写得更具体一些：明确由哪个部门牵头、每年完成多少处、什么时候可以看到结果，\
    并且在社区公告栏和网上按季度公布进展，方便居民监督。我们小区老人多，台阶和路口的坡道最要紧，\
    希望优先安排；施工时请留出临时通道，避开早晚接送孩子的时间。编号";
const SURNAMES: [&str; 8] = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王"];

/// What all forms have in common, encoded once: making the load should cost little.
pub struct Forms {
    path: String,
    text: String,
    surnames: Vec<String>,
    given_name: String,
    sections: Vec<String>,
}

impl Forms {
    /// Forms for a consultation, on all its sections in turn.
    pub fn new(slug: &str, sections: Vec<String>) -> Self {
        Self {
            path: format!("/c/{slug}/submissions"),
            text: encoded(TEXT),
            surnames: SURNAMES.map(encoded).to_vec(),
            given_name: encoded("晓岚"),
            sections,
        }
    }

    /// Writes the request with this number.
    pub fn write(&self, number: u64, request: &mut Vec<u8>) {
        let index = usize::try_from(number).expect("numbers fit");
        let section = &self.sections[index % self.sections.len()];
        let surname = &self.surnames[index % self.surnames.len()];
        let digits = number % 10_000_000;
        let body = [
            "section=",
            section,
            "&text=",
            &self.text,
            &number.to_string(),
            "&sender_kind=person&name=",
            surname,
            &self.given_name,
            "&organisation=&phone=0900-5",
            &format!("{digits:07}"),
            "&email=resident",
            &format!("{digits:07}"),
            "%40example.org&address=&consent=yes",
        ]
        .concat();
        write!(
            request,
            "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.path,
            body.len()
        )
        .expect("a vector can be written");
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
