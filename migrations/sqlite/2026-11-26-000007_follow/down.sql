DROP INDEX remarks_wall;
DROP INDEX followers_ended;
DROP INDEX followers_unconfirmed;
DROP INDEX followers_id;
