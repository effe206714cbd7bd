//! A small browser: follows nothing by itself, keeps the office's cookie, reads forms.

use std::collections::BTreeMap;
use std::time::Duration;

pub struct Client {
    agent: ureq::Agent,
    base: String,
    /// Name and value of each.
    cookies: BTreeMap<String, String>,
    /// Headers sent with every request.
    pub headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a page in UTF-8")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Where a 303 leads.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text());
        self.header("location").expect("a Location")
    }

    /// The receipt number that a 303 leads to.
    pub fn receipt(&self) -> String {
        let path = self.location().split('?').next().unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    }

    /// The value of the first hidden field of a name.
    pub fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let mark = format!("name=\"{name}\" value=\"");
        let start = text
            .find(&mark)
            .unwrap_or_else(|| panic!("no hidden field {name}"))
            + mark.len();
        text[start..].split('"').next().unwrap().to_owned()
    }
}

impl Client {
    pub fn new(base: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        Self {
            agent,
            base: base.to_owned(),
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    fn cookie(&self) -> Option<String> {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn reply(&mut self, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Reply {
        let mut answer = answer.expect("an answer");
        let headers: Vec<(String, String)> = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()))
            .collect();
        for (name, value) in &headers {
            if name == "set-cookie" {
                let pair = value.split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                if value.is_empty() {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        Reply {
            status: answer.status().as_u16(),
            headers,
            body: answer
                .body_mut()
                .with_config()
                .limit(100_000_000)
                .read_to_vec()
                .unwrap(),
        }
    }

    pub fn get(&mut self, path: &str) -> Reply {
        self.without_body(path, ureq::Agent::get)
    }

    pub fn head(&mut self, path: &str) -> Reply {
        self.without_body(path, ureq::Agent::head)
    }

    pub fn delete(&mut self, path: &str) -> Reply {
        self.without_body(path, ureq::Agent::delete)
    }

    fn without_body(
        &mut self,
        path: &str,
        method: fn(&ureq::Agent, String) -> ureq::RequestBuilder<ureq::typestate::WithoutBody>,
    ) -> Reply {
        let mut request = method(&self.agent, format!("{}{path}", self.base));
        if let Some(cookie) = self.cookie() {
            request = request.header("cookie", cookie);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = request.call();
        self.reply(answer)
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.post_raw(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    pub fn post_raw(&mut self, path: &str, media_type: &str, body: &[u8]) -> Reply {
        let mut request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("content-type", media_type);
        if let Some(cookie) = self.cookie() {
            request = request.header("cookie", cookie);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = request.send(body);
        self.reply(answer)
    }

    pub fn sign_in(&mut self, login: &str, password: &str) {
        let reply = self.post(
            "/office/sign-in",
            &[("login", login), ("password", password), ("next", "")],
        );
        assert_eq!(reply.status, 303, "{}", reply.text());
    }

    /// The token that the office's forms carry.
    pub fn csrf(&mut self) -> String {
        self.get("/office").hidden("csrf")
    }
}
