#![no_main]
//! Any bytes as the container of a Word document.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianyan_fuzz::read("plan.docx", bytes);
});
