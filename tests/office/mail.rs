//! Letters made byte by byte, for the stories.

/// When our own server took a letter, unless a story says otherwise.
pub const IN_TIME: &str = "Tue, 10 Jun 2025 09:00:00 +0800";

/// A letter; the default is one that our own server took in time.
#[derive(Clone)]
pub struct Letter<'a> {
    /// Whole `Received` values, topmost first.
    pub received: Vec<String>,
    pub from: &'a str,
    pub subject: &'a str,
    /// The left half of the Message-ID.
    pub id: Option<&'a str>,
    /// More header lines, each with its line end.
    pub extra: &'a str,
    /// The value of Content-Type.
    pub kind: &'a str,
    pub body: &'a str,
}

impl Default for Letter<'_> {
    fn default() -> Self {
        Self {
            received: vec![by("mail.example.org", IN_TIME)],
            from: "韩立夏 <hanlixia@example.com>",
            subject: "关于楼道方案的意见",
            id: Some("letter"),
            extra: "",
            kind: "text/plain; charset=utf-8",
            body: "建议每月清理一次楼道。\r\n",
        }
    }
}

/// A relay's line.
pub fn by(host: &str, at: &str) -> String {
    format!(
        "from client.example.com (client.example.com [192.0.2.7])\r\n\tby {host} (Postfix) with ESMTPS id 42;\r\n\t{at}"
    )
}

impl Letter<'_> {
    pub fn raw(&self) -> Vec<u8> {
        let mut out = String::new();
        for line in &self.received {
            out.push_str(&format!("Received: {line}\r\n"));
        }
        if let Some(id) = self.id {
            out.push_str(&format!("Message-ID: <{id}@example.com>\r\n"));
        }
        out.push_str(&format!(
            "Date: Tue, 10 Jun 2025 08:59:00 +0800\r\nFrom: {}\r\nTo: <loudao@example.org>\r\nSubject: {}\r\n{}\
             MIME-Version: 1.0\r\nContent-Type: {}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
            self.from, self.subject, self.extra, self.kind, self.body
        ));
        out.into_bytes()
    }
}

/// Content-Type and body of a letter with files: each the parameter that names it, and its text.
pub fn parts(words: &str, files: &[(&str, &str)]) -> (String, String) {
    let mut body = format!("--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n");
    for (name, content) in files {
        body.push_str(&format!(
            "--edge\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; {name}\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n{content}\r\n"
        ));
    }
    body.push_str("--edge--\r\n");
    ("multipart/mixed; boundary=edge".to_owned(), body)
}
