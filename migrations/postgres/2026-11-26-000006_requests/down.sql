DROP INDEX privacy_requests_waiting;
