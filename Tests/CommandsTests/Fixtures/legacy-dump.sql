--
-- PostgreSQL database dump
--

-- Dumped from database version 15.13 (Debian 15.13-0+deb12u1)
-- Dumped by pg_dump version 15.13 (Debian 15.13-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.alembic_version (version_num) FROM stdin;
8f3a1c
\.


--
-- Data for Name: api_key_audit; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.api_key_audit (id, api_key_id, endpoint, method, status_code, "timestamp") FROM stdin;
3	1	/api/v1/admin/symbols	GET	200	2024-02-01 10:00:02.5+00
1	1	/api/v1/admin/symbols	POST	200	2024-02-01 10:00:00.123456+00
2	2	/api/v1/admin/api-keys	GET	403	2024-02-01 12:00:01+02
4	5	/api/v1/admin/api-keys/5	DELETE	200	2024-02-02 10:00:00+00
5	7	/api/v1/admin/symbols\tx	PUT	200	2024-02-03 10:00:00
six	7	/api/v1/admin/symbols	PUT	200	2024-02-03 10:00:00
7	\N	/api/v1/admin/symbols	GET	\N	2024-02-04 10:00:00+00
\.


--
-- Data for Name: api_keys; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.api_keys (id, key_hash, name, active, created_at, last_used, last_used_endpoint, request_count, key_preview, notes) FROM stdin;
1	48c2fd5849769ef1765e6b29bdacaa4bdb02c6b3d206ce5bc5483d91a6a9f746	ops	t	2024-01-01 08:00:00+00	2024-02-01 10:00:02.5+00	/api/v1/admin/symbols	2	mdw_01234567...	\N
2	1c60f9ba91a78acd440c405dc5606dd8c3d036f0d480c02f2d915390d8457d1e	ci \\ bot	f	2024-01-02 08:00:00+00	\N	\N	1	mdw_fedcba98...	left
7	1cc62de0753fdbb69050d068da7ff11b473574783674aa54caa186043c90951e	rep\033[31morts	t	2024-01-03 08:00:00+00	infinity	\N	0	\N	\N
8	5e884898da28047151d0e56f8dc62927	broken	t	2024-01-03 08:00:00+00	\N	\N	0	\N	\N
\.


--
-- Data for Name: backfill_history; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.backfill_history (id, symbol, timeframe, start_date, end_date, records_imported, success, error_details, "timestamp") FROM stdin;
11	AAPL	1d	2024-01-01	2024-01-05	3	t	\N	2024-01-06 07:00:00+00
12	NFLX	1h	2024-01-01 00:00:00+00	2024-01-02 00:00:00+00	0	f	HTTP 429:\nslow down	2024-01-06 07:05:00+00
13	NFLX	2h	2024-01-01	2024-01-02	0	f	\N	2024-01-06 07:06:00+00
\.


--
-- Data for Name: market_data; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.market_data (id, "time", symbol, timeframe, open, high, low, close, volume, source, validated, quality_score, validation_notes, gap_detected, volume_anomaly, fetched_at) FROM stdin;
1	2024-01-02 05:00:00+00	AAPL	1d	187.15	188.44	183.885	185.64	82488674.5	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
2	2024-01-03 05:00:00+00	AAPL	1d	184.22	185.88	183.43	184.25	58414460	polygon	t	1.00	\N	t	f	2024-01-20 08:00:00+00
3	2024-01-04 00:00:00-05	AAPL	1d	182.15	183.0872	180.88	181.91	71983570	polygon	t	1.00	\N	f	t	2024-01-20 08:00:00+00
4	2024-01-05 05:00:00+00	AAPL	1d	0	183	180	181	1	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
5	2024-01-08 05:00:00+00	AAPL	1d	182	180	179	181	1	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
6	2024-01-09 05:00:00+00	AAPL	1d	182	183	179	181	-1	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
7	2024-01-10 05:00:00+00	AAPL	1d	NaN	183	179	181	1	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
8	2024-01-11 05:00:00+00	AAPL	1d	182	Infinity	179	181	1	polygon	f	1.00	\N	f	f	2024-01-20 08:00:00+00
9	2024-01-12 05:00:00+00	AAPL	1d	182	183	179	181	0	polygon	f	1.00	\N	f	f	2024-01-20 08:00:00+00
10	2024-01-02 14:00:00+00	NFLX	1h	480.1	481.2	479.9	480.5	1200.25	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
11	2024-01-02 00:00:00+00	X:SOLUSD	1d	101.5	110	99	105	0.000000000000000001	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
12	2024-01-02 05:00:00+00	ZVZZT	1d	10	11	9	10.5	100	yahoo	t	1.00	\N	f	f	2024-01-20 08:00:00+00
13	2024-01-03 00:00:00+00	ZVZZT	1d	10	11	9	10.5	100	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
14	2024-01-02 05:00:00+00	  	1d	10	11	9	10.5	100	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
15	2024-01-02 05:00:00+00	NFLX	3d	10	11	9	10.5	100	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
16	2024-01-02 05:00:00+00	NFLX
17	yesterday	NFLX	1d	10	11	9	10.5	100	polygon	t	1.00	\N	f	f	2024-01-20 08:00:00+00
\.


--
-- Data for Name: tracked_symbols; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.tracked_symbols (id, symbol, asset_class, active, date_added, last_backfill, backfill_status, backfill_error, timeframes) FROM stdin;
1	AAPL	stock	t	2023-12-01 00:00:00+00	2024-01-06 07:00:00+00	completed	\N	{1d}
3	NFLX	stock	t	2023-12-02 00:00:00+00	\N	failed	HTTP 429	{1h,1d}
20	X:SOLUSD	crypto	f	2023-12-03 00:00:00+00	\N	pending	\N	{"1d","5m",2h}
21	YELLOW	banana	t	2023-12-04 00:00:00+00	\N	in_progress	\N	\N
22		stock	t	2023-12-04 00:00:00+00	\N	pending	\N	\N
\.


--
-- Name: api_keys_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.api_keys_id_seq', 8, true);


--
-- PostgreSQL database dump complete
--
