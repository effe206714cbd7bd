//! The tables as diesel sees them; the twin migrations are the truth, and a test compares the three.
//!
//! Longer than 300 lines because diesel wants every table that meets another in one place.

diesel::table! {
    site_settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    staff (id) {
        id -> Text,
        login -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
        must_change_password -> Bool,
    }
}

diesel::table! {
    staff_sessions (token_hash) {
        token_hash -> Text,
        staff_id -> Text,
        started_at -> BigInt,
        last_seen_at -> BigInt,
    }
}

diesel::table! {
    consultations (id) {
        id -> Text,
        slug -> Text,
        title -> Text,
        draft_title -> Text,
        issuer -> Text,
        issued_on -> Nullable<Text>,
        opens_on -> Text,
        closes_on -> Text,
        opens_at -> BigInt,
        closes_at -> BigInt,
        contact_person -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        contact_email -> Nullable<Text>,
        contact_address -> Nullable<Text>,
        channels -> Text,
        attachments -> Text,
        notice_text -> Text,
        source_name -> Text,
        source_sha256 -> Text,
        wrapped_key -> Binary,
        created_at -> BigInt,
        published_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        short_reason -> Nullable<Text>,
        wall_opened_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    documents (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        kind -> Text,
        title -> Text,
        position -> Integer,
        outline -> Text,
        version -> Integer,
    }
}

diesel::table! {
    sections (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        document_id -> Text,
        position -> Integer,
        anchor -> Text,
        path -> Text,
        level -> Integer,
        label -> Text,
        heading -> Text,
        version -> Integer,
    }
}

diesel::table! {
    submissions (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        channel -> Text,
        timing -> Text,
        received_at -> BigInt,
        received_basis -> Text,
        recorded_at -> BigInt,
        sent_at -> Nullable<BigInt>,
        sender_kind -> Text,
        contact_sealed -> Binary,
        person_hash -> Nullable<Text>,
        consented_at -> Nullable<BigInt>,
        recorded_by -> Nullable<Text>,
        subject -> Nullable<Text>,
        elided_sealed -> Nullable<Binary>,
        raw_sha256 -> Nullable<Text>,
        lang -> Text,
        withdrawn_at -> Nullable<BigInt>,
        email_confirmed_at -> Nullable<BigInt>,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    intake_keys (key) {
        key -> Binary,
        submission_id -> Binary,
    }
}

diesel::table! {
    intake_recent (number) {
        number -> Integer,
        key -> Binary,
        submission_id -> Binary,
    }
}

diesel::table! {
    older_receipts (receipt_hash) {
        receipt_hash -> Text,
        consultation_id -> Text,
        submission_id -> Text,
    }
}

diesel::table! {
    remarks (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        submission_id -> Text,
        ordinal -> Integer,
        section_id -> Nullable<Text>,
        text -> Text,
        evidence -> Nullable<Text>,
        channel -> Text,
        timing -> Text,
        received_at -> BigInt,
        revision -> Integer,
        selector -> Nullable<Text>,
        suggested -> Nullable<Text>,
        withdrawn_at -> Nullable<BigInt>,
        wall_at -> Nullable<BigInt>,
        confidence -> Nullable<Integer>,
        outcome -> Nullable<Text>,
        state -> Text,
    }
}

diesel::table! {
    remark_counts (consultation_id, section_id, channel, timing, state, shard) {
        consultation_id -> Text,
        section_id -> Text,
        channel -> Text,
        timing -> Text,
        state -> Text,
        shard -> Integer,
        remarks -> BigInt,
    }
}

diesel::table! {
    remark_times (consultation_id, step, shard) {
        consultation_id -> Text,
        step -> BigInt,
        shard -> Integer,
        remarks -> BigInt,
    }
}

diesel::table! {
    submission_counts (consultation_id, shard) {
        consultation_id -> Text,
        shard -> Integer,
        submissions -> BigInt,
        people -> BigInt,
    }
}

diesel::table! {
    people (person) {
        person -> Text,
        submissions -> BigInt,
    }
}

diesel::table! {
    people_changes (number) {
        number -> Integer,
        consultation_id -> Text,
        person -> Text,
        change -> Integer,
    }
}

diesel::table! {
    responses (consultation_id, remark_id) {
        consultation_id -> Text,
        remark_id -> Text,
        outcome -> Text,
        reason -> Text,
        decided_by -> Text,
        decided_by_name -> Text,
        decided_at -> BigInt,
        revision -> Integer,
    }
}

diesel::table! {
    attachments (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        submission_id -> Text,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        kept -> Bool,
        scan -> Text,
    }
}

diesel::table! {
    letters (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        raw_sha256 -> Text,
        message_hash -> Text,
        state -> Text,
        reason -> Nullable<Text>,
        submission_id -> Nullable<Text>,
        received_at -> BigInt,
        recorded_at -> BigInt,
        road -> Text,
        mailbox_id -> Nullable<Text>,
        bytes -> BigInt,
        internal_at -> Nullable<BigInt>,
        relay_at -> Nullable<BigInt>,
        sender_hash -> Nullable<Text>,
        thread_sealed -> Nullable<Binary>,
        checks -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_at -> Nullable<BigInt>,
        bounced_job -> Nullable<Text>,
        set_down_at -> Nullable<BigInt>,
        set_down_by -> Nullable<Text>,
        head_sealed -> Nullable<Binary>,
    }
}

diesel::table! {
    letter_counts (consultation_id, state, set_down) {
        consultation_id -> Text,
        state -> Text,
        set_down -> Integer,
        letters -> BigInt,
    }
}

diesel::table! {
    mailboxes (id) {
        id -> Text,
        name -> Text,
        generation -> Nullable<BigInt>,
        next_uid -> BigInt,
        waiting -> BigInt,
        tried_at -> Nullable<BigInt>,
        fetched_at -> Nullable<BigInt>,
        failing_since -> Nullable<BigInt>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    mailbox_letters (mailbox_id, generation, uid) {
        mailbox_id -> Text,
        generation -> BigInt,
        uid -> BigInt,
        raw_sha256 -> Nullable<Text>,
        failure -> Nullable<Text>,
        tries -> Integer,
        noted_at -> BigInt,
    }
}

diesel::table! {
    mail_recipients (address_hash, hour) {
        address_hash -> Text,
        hour -> BigInt,
        sent -> BigInt,
    }
}

diesel::table! {
    sent_mails (job_id) {
        job_id -> Text,
        consultation_id -> Text,
        kind -> Text,
        subject_id -> Text,
    }
}

diesel::table! {
    office_messages (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        submission_id -> Text,
        words_sealed -> Binary,
        written_by -> Text,
        written_by_name -> Text,
        written_at -> BigInt,
    }
}

diesel::table! {
    audit_events (consultation_id, id) {
        id -> Text,
        consultation_id -> Text,
        at -> BigInt,
        actor_kind -> Text,
        actor_id -> Text,
        actor_name -> Text,
        action -> Text,
        subject -> Text,
        subject_id -> Text,
        detail -> Text,
    }
}

diesel::table! {
    audit_names (consultation_id, name) {
        consultation_id -> Text,
        name -> Text,
    }
}

diesel::table! {
    audit_by_name (consultation_id, name, event_id) {
        consultation_id -> Text,
        name -> Text,
        event_id -> Text,
    }
}

diesel::table! {
    versions (consultation_id, number) {
        consultation_id -> Text,
        number -> Integer,
        source_name -> Text,
        source_sha256 -> Text,
        sources -> Text,
        images -> Text,
        note -> Text,
        recorded_at -> BigInt,
        published_at -> BigInt,
    }
}

diesel::table! {
    section_links (consultation_id, version, position) {
        consultation_id -> Text,
        version -> Integer,
        position -> Integer,
        from_anchor -> Nullable<Text>,
        to_anchor -> Nullable<Text>,
        change -> Text,
        likeness -> Integer,
        also_edited -> Bool,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        consultation_id -> Nullable<Text>,
        sources -> Text,
        text_sha256 -> Text,
        images -> Text,
        headings -> Text,
        warnings -> Text,
        edits -> Text,
        facts -> Text,
        links -> Nullable<Text>,
        revision -> Integer,
        created_by -> Text,
        created_by_name -> Text,
        created_at -> BigInt,
        changed_at -> BigInt,
        published_to -> Nullable<Text>,
        published_version -> Nullable<Integer>,
        published_at -> Nullable<BigInt>,
        discarded_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    uploads (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        scan -> Text,
        uploaded_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        consultation_id -> Text,
        subject_id -> Text,
        detail -> Text,
        due_at -> BigInt,
        attempts -> Integer,
        leased_until -> Nullable<BigInt>,
        done_at -> Nullable<BigInt>,
        given_up_at -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    privacy_requests (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        submission_id -> Text,
        kind -> Text,
        note_sealed -> Nullable<Binary>,
        asked_at -> BigInt,
        done_at -> Nullable<BigInt>,
        done_by -> Nullable<Text>,
        done_by_name -> Nullable<Text>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    followers (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        address_sealed -> Binary,
        address_hash -> Text,
        lang -> Text,
        asked_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    window_changes (consultation_id, id) {
        consultation_id -> Text,
        id -> Text,
        closed_on -> Text,
        closes_on -> Text,
        reason -> Text,
        changed_at -> BigInt,
        changed_by -> Text,
        changed_by_name -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    attachments,
    audit_events,
    consultations,
    documents,
    followers,
    imports,
    jobs,
    letters,
    mailbox_letters,
    mailboxes,
    office_messages,
    older_receipts,
    privacy_requests,
    remark_counts,
    remarks,
    responses,
    section_links,
    sections,
    sent_mails,
    staff,
    staff_sessions,
    submissions,
    uploads,
    versions,
    window_changes
);
