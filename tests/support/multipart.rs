//! Forms with files (`multipart/form-data`, RFC 7578), as browsers write them.

pub const TYPE: &str = "multipart/form-data; boundary=edge-of-a-form";
const EDGE: &str = "--edge-of-a-form";

/// The body: the fields, then the files by field, name and bytes.
pub fn packed(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in fields {
        let head =
            format!("{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        out.extend(head.into_bytes());
    }
    for (name, bytes) in files {
        let name = name.replace('\\', "\\\\").replace('"', "%22");
        let head = format!(
            "{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: image/jpeg\r\n\r\n"
        );
        out.extend(head.into_bytes());
        out.extend_from_slice(bytes);
        out.extend(b"\r\n");
    }
    out.extend(format!("{EDGE}--\r\n").into_bytes());
    out
}
