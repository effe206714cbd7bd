//! Files that LibreOffice converts, from strangers: it reaches nobody, sees nothing of ours, and ends.

use crate::support::notice::NOTICE;
use crate::support::process::{Done, Installation};
use std::io::{Cursor, Write};
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use zip::write::{SimpleFileOptions, ZipWriter};

const TEXT: &str = "application/vnd.oasis.opendocument.text";
const SHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Somebody at an address of this machine who counts who comes.
struct Ear {
    address: String,
    heard: Arc<AtomicUsize>,
    datagrams: UdpSocket,
}

impl Ear {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let datagrams = UdpSocket::bind(address).unwrap();
        datagrams.set_nonblocking(true).unwrap();
        let heard = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&heard);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                let answer = "HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                let _ = connection.and_then(|mut open| open.write_all(answer.as_bytes()));
            }
        });
        Self {
            address: format!("http://{address}/"),
            heard,
            datagrams,
        }
    }

    /// How many came since this was asked last.
    fn heard(&self) -> usize {
        let mut datagrams = 0;
        while self.datagrams.recv(&mut [0; 64]).is_ok() {
            datagrams += 1;
        }
        self.heard.swap(0, Ordering::SeqCst) + datagrams
    }
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, plain).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn content(kind: &str, styles: &str, body: &str) -> String {
    let space = |name: &str, what: &str| {
        format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{what}:1.0\"")
    };
    let spaces: String = [
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("style", "style"),
        ("table", "table"),
        ("svg", "svg-compatible"),
    ]
    .iter()
    .map(|(name, what)| space(name, what))
    .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{spaces} xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.2\">\
         <office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
}

/// An OpenDocument file, perhaps with another inside.
fn open_document(media: &str, content: &str, inside: Option<(&str, &str)>) -> Vec<u8> {
    let entry = |path: &str, media: &str| {
        format!(
            "<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{media}\"/>"
        )
    };
    let mut entries = entry("/", media) + &entry("content.xml", "text/xml");
    if let Some((media, _)) = inside {
        entries += &(entry("Object 1/", media) + &entry("Object 1/content.xml", "text/xml"));
    }
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">{entries}</manifest:manifest>"
    );
    let mut parts = vec![
        ("mimetype", media.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ];
    if let Some((_, content)) = inside {
        parts.push(("Object 1/content.xml", content.as_bytes()));
    }
    zipped(&parts)
}

fn paragraphs(text: &str) -> String {
    text.lines()
        .map(|line| format!("<text:p>{line}</text:p>"))
        .collect()
}

fn frame(inner: &str) -> String {
    format!(
        "<text:p><draw:frame text:anchor-type=\"as-char\" svg:width=\"2cm\" svg:height=\"2cm\">{inner}</draw:frame></text:p>"
    )
}

fn link(element: &str, to: &str) -> String {
    format!(
        "<{element} xlink:href=\"{to}\" xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/>"
    )
}

/// OpenDocument files that hold the text and each ask for something at the address in their own
/// way.
fn open_documents(text: &str, to: &str) -> Vec<(&'static str, Vec<u8>)> {
    let words = paragraphs(text);
    let plain =
        |more: &str| open_document(TEXT, &content("text", "", &(words.clone() + more)), None);
    let holding = |media: &str, content_inside: &str| {
        let body = words.clone() + &frame(&link("draw:object", "./Object 1"));
        open_document(
            TEXT,
            &content("text", "", &body),
            Some((media, content_inside)),
        )
    };
    let at = |name: &str| format!("{to}{name}");
    let background = format!(
        "<style:style style:name=\"P1\" style:family=\"paragraph\"><style:paragraph-properties>{}</style:paragraph-properties></style:style>",
        link("style:background-image", &at("b.png"))
    );
    let section = |source: &str| {
        format!(
            "<text:section text:name=\"a\"><text:section-source xlink:href=\"{source}\" xlink:type=\"simple\" xlink:show=\"embed\"/><text:p>旧</text:p></text:section>"
        )
    };
    let sheet = format!(
        "<table:table table:name=\"A\"><table:table-source xlink:type=\"simple\" xlink:href=\"{0}w.ods\" table:table-name=\"S\"/><table:table-row><table:table-cell table:formula=\"of:='{0}w.ods'#$S.A1\"><text:p>1</text:p></table:table-cell></table:table-row></table:table>",
        to
    );
    let picture = frame(&link("draw:image", &at("i.png")));
    vec![
        ("picture.odt", plain(&picture)),
        (
            "page.odt",
            plain(&frame(&link("draw:image", &at("i.html")))),
        ),
        ("section.odt", plain(&section(&at("s.odt")))),
        (
            "object.odt",
            plain(&frame(&link("draw:object", &at("o.odt")))),
        ),
        (
            "frame.odt",
            plain(&frame(&link("draw:floating-frame", &at("f.html")))),
        ),
        (
            "background.odt",
            open_document(
                TEXT,
                &content(
                    "text",
                    &background,
                    &(words.clone() + "<text:p text:style-name=\"P1\">尾</text:p>"),
                ),
                None,
            ),
        ),
        ("inside.odt", holding(TEXT, &content("text", "", &picture))),
        (
            "workbook.odt",
            holding(SHEET, &content("spreadsheet", "", &sheet)),
        ),
    ]
}

/// A Word document with a linked picture, a linked object, included text, and a template elsewhere.
fn word_document(text: &str, to: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let words: String = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let field = |code: &str| {
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        format!(
            "<w:p>{}<w:r><w:instrText> {code} </w:instrText></w:r>{}<w:r><w:t>x</w:t></w:r>{}</w:p>",
            mark("begin"),
            mark("separate"),
            mark("end")
        )
    };
    let picture = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"900000\" cy=\"900000\"/><wp:docPr id=\"1\" name=\"a\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"a\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link=\"i\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"900000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    let object = "<w:p><w:r><w:object><v:shape style=\"width:50pt;height:50pt\"><v:imagedata r:id=\"i\"/></v:shape><o:OLEObject Type=\"Link\" ProgID=\"Word.Document.8\" r:id=\"o\" UpdateMode=\"Always\"/></w:object></w:r></w:p>";
    let body = words
        + picture
        + object
        + &field(&format!("INCLUDEPICTURE \"{to}p.png\" \\d"))
        + &field(&format!("INCLUDETEXT \"{to}t.docx\""));
    let document = format!(
        "<w:document xmlns:w=\"{word}\" xmlns:r=\"{office}\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><w:body>{body}</w:body></w:document>"
    );
    let relation = |id: &str, kind: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let away = " TargetMode=\"External\"";
    let relations = |inner: String| {
        format!("<Relationships xmlns=\"{package}/relationships\">{inner}</Relationships>")
    };
    let types = format!(
        "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/></Types>"
    );
    let root = relations(relation("a", "officeDocument", "word/document.xml", ""));
    let of_document = relations(
        relation("i", "image", &format!("{to}w.png"), away)
            + &relation("o", "oleObject", &format!("{to}w.doc"), away)
            + &relation("s", "settings", "settings.xml", ""),
    );
    let settings = format!(
        "<w:settings xmlns:w=\"{word}\" xmlns:r=\"{office}\"><w:attachedTemplate r:id=\"t\"/></w:settings>"
    );
    let of_settings = relations(relation(
        "t",
        "attachedTemplate",
        &format!("{to}t.dotm"),
        away,
    ));
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", of_document.as_bytes()),
        ("word/settings.xml", settings.as_bytes()),
        ("word/_rels/settings.xml.rels", of_settings.as_bytes()),
    ])
}

/// LibreOffice as it is, with nothing in its way; what it made.
fn bare(bytes: &[u8], extension: &str, to: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join(format!("a.{extension}"));
    std::fs::write(&source, bytes).unwrap();
    let status = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            folder.path().display()
        ))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .args([folder.path().join("out"), source])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    std::fs::read(folder.path().join("out").join("a").with_extension(to)).unwrap_or_default()
}

/// Everything that is tried, by name.
fn all(text: &str, to: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = open_documents(text, to)
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .collect();
    let word = word_document(text, to);
    let old = bare(&word, "docx", "doc");
    let page = format!(
        "<html><head><link rel=\"stylesheet\" href=\"{to}h.css\"></head><body><p>{}</p><img src=\"{to}h.png\"><iframe src=\"{to}h.html\"></iframe></body></html>",
        text.lines().collect::<Vec<_>>().join("</p><p>")
    );
    let rich = format!(
        "{{\\rtf1 a {{\\field{{\\*\\fldinst INCLUDEPICTURE \"{to}r.png\" \\\\d}}{{\\fldrslt x}}}}}}"
    );
    let sheet = content(
        "spreadsheet",
        "",
        &format!(
            "<table:table table:name=\"A\"><table:table-source xlink:type=\"simple\" xlink:href=\"{to}w.ods\"/></table:table>"
        ),
    );
    files.extend([
        ("old.doc".to_owned(), old.clone()),
        // The same with a sector more, so that it is not known as the same file.
        ("old.wps".to_owned(), [old, vec![0; 512]].concat()),
        ("new.docx".to_owned(), word),
        ("page.html".to_owned(), page.clone().into_bytes()),
        ("page.doc".to_owned(), format!("{page}\n").into_bytes()),
        ("rich.doc".to_owned(), rich.into_bytes()),
        ("sheet.ods".to_owned(), open_document(SHEET, &sheet, None)),
        ("sheet.odt".to_owned(), open_document(SHEET, &sheet, None)),
    ]);
    files
}

fn has_office() -> bool {
    let there = Command::new("soffice").arg("--version").output().is_ok();
    if !there {
        println!("SKIPPED: LibreOffice is not here");
    }
    there
}

/// Whether this machine lets us make a network namespace, by any way.
fn has_namespaces() -> bool {
    let made = |arguments: &[&str]| {
        let status = Command::new("unshare").args(arguments).arg("true").status();
        status.is_ok_and(|status| status.success())
    };
    let made = made(&["--user", "--map-current-user", "--net", "--pid", "--fork"])
        || made(&["--net", "--pid", "--fork"]);
    if !made {
        println!("SKIPPED: no network namespace can be made here");
    }
    made
}

/// A folder that whoever LibreOffice runs as can look into, with programs before the machine's own.
fn with_programs(programs: &[(&str, &str)]) -> Installation {
    let mut here = Installation::new();
    let open = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    open(here.path(), 0o755);
    for (name, script) in programs {
        let path = here.file(
            &format!("programs/{name}"),
            format!("#!/bin/sh\n{script}\n"),
        );
        open(&path, 0o755);
    }
    for name in ["said", "more"] {
        open(&here.file(name, ""), 0o666);
    }
    std::fs::create_dir(here.path().join("temporary")).unwrap();
    open(&here.path().join("temporary"), 0o1777);
    let path = format!(
        "{}/programs:/usr/local/bin:/usr/bin:/bin",
        here.path().display()
    );
    here.set("PATH", &path);
    let temporary = here.path().join("temporary");
    here.set("TMPDIR", temporary.to_str().unwrap());
    here
}

fn letter(number: usize, name: &str, bytes: &[u8]) -> Vec<u8> {
    let encoded = base64(bytes);
    format!(
        "Received: from mx.example.com by mail.example.org with ESMTP; 10 Jun 2025 09:30:00 +0800\r\n\
         Date: 10 Jun 2025 09:29:00 +0800\r\nFrom: han{number}@example.com\r\nTo: <loudao@example.org>\r\n\
         Subject: yijian {number}\r\nMessage-ID: <letter-{number}@example.com>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=edge\r\n\r\n--edge\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n见附件\r\n--edge\r\n\
         Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--edge--\r\n"
    )
    .into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::Engine;
    let encoded = ::base64::engine::general_purpose::STANDARD.encode(bytes);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    lines.join("\r\n")
}

const OPINION: &str =
    "修改意见\n1、第二部分第（二）条第3项的灭火器应当每半年检验一次。\n单位：青禾社区居委会";

/// The words of all letters that were registered, and the warnings about them.
fn remarks(here: &Installation) -> String {
    let arguments = ["export", "plan", "--format", "csv", "--output", "all.csv"];
    here.run(&arguments).good();
    std::fs::read_to_string(here.path().join("all.csv")).unwrap()
}

/// A plan of each kind: read where it can be, and nobody is asked for anything.
fn plans_reach_nobody(mut here: Installation, allowed: bool) {
    let ear = Ear::open();
    if allowed {
        here.set("JIANYAN_CONVERT_WITHOUT_ISOLATION", "true");
    }
    let files = all(NOTICE, &ear.address);
    ear.heard();
    let mut read = 0;
    for (number, (name, bytes)) in files.iter().enumerate() {
        here.file(name, bytes);
        let slug = format!("plan-{number}");
        let done = here.run(&["import", name, "--slug", &slug]);
        read += usize::from(done.code == 0);
        let is_text = !name.starts_with("sheet") && !name.starts_with("rich");
        assert_eq!(done.code == 0, is_text, "{name}: {done:?}");
        assert_eq!(ear.heard(), 0, "{name} was followed");
    }
    assert_eq!(read, files.len() - 3);
}

/// The same as letters that say no more than 见附件.
fn letters_reach_nobody(mut here: Installation, allowed: bool) {
    let ear = Ear::open();
    if allowed {
        here.set("JIANYAN_CONVERT_WITHOUT_ISOLATION", "true");
    }
    here.file("notice.txt", NOTICE);
    here.run(&["import", "notice.txt", "--slug", "plan"]).good();
    let files = all(OPINION, &ear.address);
    ear.heard();
    for (number, (name, bytes)) in files.iter().enumerate() {
        here.file(
            &format!("letters/{number:02}.eml"),
            letter(number, name, bytes),
        );
    }
    let done = here.run(&["mail", "import", "letters", "--consultation", "plan"]);
    done.good();
    assert_eq!(ear.heard(), 0, "a letter's file was followed");
    let words = remarks(&here);
    // All but the two workbooks and the RTF document are read.
    assert_eq!(
        words.matches("每半年检验一次").count(),
        files.len() - 3,
        "{words}"
    );
}

/// The files do ask, when nothing stands in their way.
#[test]
fn the_files_of_these_tests_do_ask() {
    if !has_office() {
        return;
    }
    let ear = Ear::open();
    let files = all(NOTICE, &ear.address);
    ear.heard();
    let mut asking = Vec::new();
    for (name, bytes) in &files {
        let (_, extension) = name.rsplit_once('.').unwrap();
        if ["odt", "doc"].contains(&extension) {
            bare(bytes, extension, "docx");
        }
        if ear.heard() > 0 {
            asking.push(name.as_str());
        }
    }
    for name in [
        "picture.odt",
        "background.odt",
        "object.odt",
        "inside.odt",
        "page.doc",
    ] {
        assert!(asking.contains(&name), "{name} is not among {asking:?}");
    }
}

#[test]
fn a_plan_reaches_nobody() {
    if has_office() && has_namespaces() {
        plans_reach_nobody(Installation::new(), false);
    }
}

#[test]
fn a_letter_reaches_nobody() {
    if has_office() && has_namespaces() {
        letters_reach_nobody(Installation::new(), false);
    }
}

/// The profile alone: no namespace can be made, and the settings allow to convert all the same.
#[test]
fn the_profile_alone_lets_a_plan_reach_nobody() {
    if has_office() {
        plans_reach_nobody(with_programs(&[("unshare", "exit 1")]), true);
    }
}

#[test]
fn the_profile_alone_lets_a_letter_reach_nobody() {
    if has_office() {
        letters_reach_nobody(with_programs(&[("unshare", "exit 1")]), true);
    }
}

/// Files of the machine that a document links do not get into the text.
#[test]
fn files_of_the_machine_stay_out_of_the_text() {
    if !has_office() || !has_namespaces() {
        return;
    }
    let here = with_programs(&[]);
    let secret = here.file("secret.txt", "机密七七八八");
    let to = format!("file://{}#", secret.display());
    for (name, bytes) in open_documents(OPINION, &to) {
        here.file(name, bytes);
        let done = here.run(&["document", "outline", name, "--json"]);
        assert!(done.good().contains("每半年"), "{done:?}");
        assert!(!done.out.contains("机密"), "{name}: {done:?}");
    }
}

/// Where LibreOffice cannot be kept from the network nothing is converted; a program that only says
/// that it keeps it is not believed.
#[test]
fn without_isolation_nothing_is_converted() {
    let says = "while [ \"${1#--}\" != \"$1\" ]; do shift; done\nexec \"$@\"";
    for unshare in ["exit 1", says] {
        let here = with_programs(&[("unshare", unshare), ("soffice", "")]);
        let said = here.path().join("said");
        let script = format!("#!/bin/sh\necho started > {}\n", said.display());
        here.file("programs/soffice", script);
        let (name, bytes) = open_documents(OPINION, "http://192.0.2.1/").remove(0);
        here.file(name, &bytes);
        let done = here.run(&["document", "outline", name]);
        let refusal = done.refusal();
        assert!(refusal.contains("convert_without_isolation") && refusal.contains(".docx"));

        here.file("notice.txt", NOTICE);
        here.run(&["import", "notice.txt", "--slug", "plan"]).good();
        here.file("one.eml", letter(1, name, &bytes));
        let done = here.run(&["mail", "import", "one.eml", "--consultation", "plan"]);
        assert!(done.good().contains("1"), "{done:?}");
        assert!(remarks(&here).contains("见附件"));
        assert_eq!(
            std::fs::read_to_string(&said).unwrap(),
            "",
            "it was started"
        );
    }
}

/// A program in LibreOffice's place, run on a plan: what the command said, and what it wrote to
/// `said`.
fn in_its_place(script: &str, seconds: u64) -> (Installation, Done, String) {
    let mut here = with_programs(&[("soffice", "")]);
    let said = here.path().join("said");
    let script = script
        .replace("SAID", said.to_str().unwrap())
        .replace("MORE", here.path().join("more").to_str().unwrap());
    here.file("programs/soffice", format!("#!/bin/sh\n{script}\n"));
    here.set("JIANYAN_SMTP_URL", "smtp://u:geheim@mail.example.org");
    here.set("JIANYAN_MAIL_FROM", "yijian@example.org");
    here.set("JIANYAN_DATABASE_URL", "sqlite:geheim.db");
    here.set("SECRET_OF_ANOTHER", "geheim");
    here.set("JIANYAN_PLAN_CONVERT_SECONDS", &seconds.to_string());
    let (name, bytes) = open_documents(OPINION, "http://192.0.2.1/").remove(0);
    here.file(name, bytes);
    let done = here.run(&["import", name, "--slug", "plan"]);
    let said = std::fs::read_to_string(said).unwrap();
    let left: Vec<PathBuf> = std::fs::read_dir(here.path().join("temporary"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
    assert!(!here.path().join("jianyan-data").exists());
    (here, done, said)
}

#[test]
fn it_sees_nothing_of_our_environment() {
    if !has_namespaces() {
        return;
    }
    let script = "env > SAID; cat /proc/net/dev > MORE; cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' >> SAID; ls \"$HOME\" >> SAID";
    let (here, done, said) = in_its_place(script, 20);
    assert!(done.refusal().contains("picture.odt"));
    assert!(
        said.contains("profile") && said.contains("source.odt"),
        "{said}"
    );
    assert!(
        !said.contains("geheim") && !said.contains("JIANYAN"),
        "{said}"
    );
    for line in said.lines().filter(|line| line.contains('=')) {
        let (name, _) = line.split_once('=').unwrap();
        let known = [
            "PATH", "LANG", "HOME", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_",
        ];
        assert!(known.contains(&name), "{line}");
    }
    let ways = std::fs::read_to_string(here.path().join("more")).unwrap();
    assert_eq!(ways.lines().count(), 3, "{ways}");
    assert!(ways.contains("lo:"), "{ways}");
}

#[test]
fn all_it_started_ends_with_it() {
    if !has_namespaces() {
        return;
    }
    let forever = "while :; do echo on >> SAID; sleep 0.1; done";
    for (script, says) in [
        // A group of its own, and the program itself waits.
        (
            format!("setsid sh -c '{forever}' & sleep 60"),
            "within 2 seconds",
        ),
        // The program ends and leaves another one behind.
        (
            format!("setsid sh -c '{forever}' & sleep 0.5"),
            "cannot be opened",
        ),
        (
            "trap '' TERM INT HUP; while :; do echo on >> SAID; sleep 0.1; done".to_owned(),
            "within 2 seconds",
        ),
    ] {
        let (here, done, said) = in_its_place(&script, 2);
        assert!(done.refusal().contains(says), "{done:?}");
        assert!(said.contains("on"), "{said}");
        let length = || std::fs::metadata(here.path().join("said")).unwrap().len();
        std::thread::sleep(Duration::from_millis(300));
        let before = length();
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(length(), before, "it goes on: {script}");
    }
}

#[test]
fn what_it_may_take_is_limited() {
    if !has_namespaces() {
        return;
    }
    let said = |script: &str| in_its_place(script, 20).2;
    // A file above 256 MiB; memory above 2 GiB; more files open than 256.
    assert_eq!(
        said("trap '' XFSZ; truncate -s 300M \"$HOME/a\" 2>/dev/null || echo refused > SAID")
            .trim(),
        "refused"
    );
    assert_eq!(
        said("dd if=/dev/zero of=/dev/null bs=3G count=1 2>/dev/null || echo refused > SAID")
            .trim(),
        "refused"
    );
    assert_eq!(said("ulimit -n > SAID").trim(), "256");
    // Processes: none after some hundred.
    let script = "i=0; while [ $i -lt 400 ]; do sleep 20 & i=$((i+1)); echo $i > SAID; done";
    let started: u32 = said(script).trim().parse().unwrap();
    assert!((10..200).contains(&started), "{started} processes");
    // Files without end.
    let script = "cd \"$HOME\"; i=0; while :; do i=$((i+1)); : > $i; done";
    let (_, done, _) = in_its_place(script, 20);
    assert!(done.refusal().contains("write too much"), "{done:?}");
}
