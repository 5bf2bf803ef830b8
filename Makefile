# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makefile - builds, tests and installs morgue
#
#   make            the programs and the library, in build/
#   make demo       set up, build, index corpus/ and search it
#   make test       set up, build and run every test
#   make install    PREFIX=/usr/local, DESTDIR=
#   make help       all targets
#
# CFLAGS, LDFLAGS, CC and CXX are yours; V=1 shows commands; SAN=address,undefined
# builds with sanitizers, in a folder of its own.

CC = gcc
CXX = g++
CFLAGS = -O2 -g
CXXFLAGS = $(CFLAGS)
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
MANDIR = $(PREFIX)/share/man

VERSION := $(shell sed -n 's/^#define MORGUE_VERSION *"\(.*\)"/\1/p' common/morgue.h)
SO = libmorgue.so
SONAME = $(SO).1

# ---- flags ---------------------------------------------------------------

BUILD = build$(if $(SAN),/san-$(subst $(comma),+,$(SAN)))
comma = ,

WARN = -Wall -Wextra -Wshadow -Wconversion -Werror
HIDE_XC = -DXC_API= # libmorgue keeps the C binding of libxapian to itself
C_FLAGS = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE $(WARN) \
	-Wstrict-prototypes -isystem $(LIBXML2_INCLUDE) -fPIC -fvisibility=hidden $(HIDE_XC) -pthread $(SAN_FLAGS)
CXX_FLAGS = -std=c++17 $(WARN) -fPIC -fvisibility=hidden $(HIDE_XC) \
	-fvisibility-inlines-hidden -pthread $(SAN_FLAGS)
LIBXML2_INCLUDE = /usr/include/libxml2
SAN_FLAGS = $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer)
LIBS = -lxapian -lstemmer -lutf8proc -lyajl -luchardet -lxml2 -larchive \
	-lbrotlidec -ldeflate -lz -lm -pthread

# ---- sources -------------------------------------------------------------

ROOMS = common/base common/article common/text common/engine common/xapian \
	common/segment common/segment/file common/segment/search \
	common/segment/write common/archive \
	indexer indexer/crawl indexer/files indexer/format indexer/keys \
	indexer/markup indexer/news indexer/page indexer/reading \
	indexer/source searcher searcher/query
LIB_C := $(sort $(wildcard $(addsuffix /*.c,$(ROOMS))))
LIB_CC := $(sort $(wildcard common/xapian/*.cc))
LIB_OBJ := $(LIB_C:%.c=$(BUILD)/obj/%.o) $(LIB_CC:%.cc=$(BUILD)/obj/%.o)
XC_OBJ := $(LIB_CC:%.cc=$(BUILD)/obj/%.o)
INDEXER_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard indexer/cli/*.c common/cli/*.c))
SEARCHER_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard searcher/cli/*.c common/cli/*.c))

UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/t_*.c))
XC_TESTS := $(patsubst tests/xapian/%.c,$(BUILD)/tests/%,$(wildcard tests/xapian/t_*.c))
TOOLS := $(BUILD)/tests/evaluate $(BUILD)/tests/compare
FAULT := $(BUILD)/tests/damage $(BUILD)/tests/state
FAULT_SO := $(BUILD)/tests/failmalloc.so $(BUILD)/tests/failio.so
SEEDS := $(BUILD)/tests/seeds
ROUNDS := $(BUILD)/tests/rounds
QUERY_ROUNDS := $(BUILD)/tests/query_rounds
SAMPLE_OBJ := $(BUILD)/obj/tests/fault/sample.o
WOUND_OBJ := $(BUILD)/obj/tests/fuzz/wound.o $(SAMPLE_OBJ)
GROWTH := $(BUILD)/tests/growth
DIFF_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/differential/*.c))
BRUTE_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/language/brute*.c))
PROGRAMS := $(BUILD)/indexer $(BUILD)/searcher
LIBRARIES := $(BUILD)/libmorgue.a $(BUILD)/$(SO)

# The C binding of libxapian as a library of its own.
XC_VERSION := $(shell sed -n 's/^#define XC_VERSION *"\(.*\)"/\1/p' common/xapian/xapian_c.h)
XC_SO = libxapian-c.so
XC_SONAME = $(XC_SO).$(firstword $(subst ., ,$(XC_VERSION)))
XC_SHOWN := $(XC_OBJ:$(BUILD)/obj/%=$(BUILD)/obj/shown/%)
LIBRARIES += $(BUILD)/libxapian-c.a $(BUILD)/$(XC_SO)

# ---- rules ---------------------------------------------------------------

ifneq ($(V),1)
QUIET = @printf '  %-4s %s\n' $(1) $@;
MAKEFLAGS += --no-print-directory
endif

.DELETE_ON_ERROR:
.PHONY: all test demo setup lint install uninstall clean help format FORCE

all: $(PROGRAMS) $(LIBRARIES) $(BUILD)/generate

# Everything depends on the flags: when they change, all is built again.
FLAGS = $(CC) $(CXX) $(C_FLAGS) $(CFLAGS) $(CXX_FLAGS) $(CXXFLAGS) $(CPPFLAGS) $(LDFLAGS)
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' > $@

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call QUIET,CC)$(CC) $(C_FLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/%.o: %.cc $(BUILD)/flags
	@mkdir -p $(@D)
	$(call QUIET,CXX)$(COMPILE_CXX)

$(XC_SHOWN): private HIDE_XC =
$(BUILD)/obj/shown/%.o: %.cc $(BUILD)/flags
	@mkdir -p $(@D)
	$(call QUIET,CXX)$(COMPILE_CXX)

COMPILE_CXX = $(CXX) $(CXX_FLAGS) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

# A static library is one object whose hidden names are local, so that only
# the public ones are seen; without groups, which a linker would drop for those
# of other C++, and the local names with them.
STATIC = $(LD) -r --force-group-allocation -o $(@:.a=.o) $^ && \
	objcopy --localize-hidden $(@:.a=.o) && rm -f $@ && $(AR) rcs $@ $(@:.a=.o)

# SONAME, VERSION, LIBS.  It is never unloaded, for a new handler that was set
# above that of the binding may go on calling it.
SHARED = $(CXX) -shared -Wl,-soname,$(1) -Wl,-z,defs,-z,nodelete $(SAN_FLAGS) \
	$(CFLAGS) $(LDFLAGS) -o $@.$(2) $^ $(3) && \
	ln -sf $(@F).$(2) $(BUILD)/$(1) && ln -sf $(1) $@

$(BUILD)/libmorgue.a: $(LIB_OBJ)
	$(call QUIET,AR)$(STATIC)

$(BUILD)/libxapian-c.a: $(XC_SHOWN)
	$(call QUIET,AR)$(STATIC)

$(BUILD)/$(SO): $(LIB_OBJ)
	$(call QUIET,LD)$(call SHARED,$(SONAME),$(VERSION),$(LIBS))

$(BUILD)/$(XC_SO): $(XC_SHOWN)
	$(call QUIET,LD)$(call SHARED,$(XC_SONAME),$(XC_VERSION),-lxapian)

# What tests of the inside are linked with.
$(BUILD)/libinside.a: $(LIB_OBJ)
	$(call QUIET,AR)rm -f $@ && $(AR) rcs $@ $^

LINK = $(CXX) $(SAN_FLAGS) $(CFLAGS) -Wl,--as-needed $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^)

$(BUILD)/indexer: $(INDEXER_OBJ) $(BUILD)/libmorgue.a
	$(call QUIET,LD)$(LINK) $(LIBS)

# Piece by piece, not as the one object of libmorgue.a, so that what reads
# sources and its libraries are not loaded with every search.
$(BUILD)/searcher: $(SEARCHER_OBJ) $(BUILD)/libinside.a
	$(call QUIET,LD)$(LINK) $(LIBS)

$(BUILD)/generate: $(BUILD)/obj/corpus/generate.o
	$(call QUIET,LD)$(LINK) -lm

$(BUILD)/tests/t_segment_damage: $(WOUND_OBJ)
$(UNIT): $(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(XC_TESTS): $(BUILD)/tests/%: $(BUILD)/obj/tests/xapian/%.o $(BUILD)/libxapian-c.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) -lxapian

$(TOOLS): $(BUILD)/tests/%: $(BUILD)/obj/tests/tools/%.o $(BUILD)/libmorgue.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(BUILD)/tests/differential: $(DIFF_OBJ) $(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(BUILD)/tests/brute: $(BRUTE_OBJ) $(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(SEEDS): $(BUILD)/obj/tests/fuzz/seeds.o $(BUILD)/obj/tests/fuzz/source.o \
		$(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(ROUNDS): $(addprefix $(BUILD)/obj/tests/fuzz/,rounds.o bytes.o archive.o) \
		$(WOUND_OBJ) $(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(QUERY_ROUNDS): $(SAMPLE_OBJ) $(BUILD)/libinside.a \
		$(addprefix $(BUILD)/obj/tests/fuzz/,rounds.o pieces.o query.o)
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(GROWTH): $(BUILD)/obj/tests/growth/growth.o $(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(FAULT): $(BUILD)/tests/%: $(BUILD)/obj/tests/fault/%.o $(SAMPLE_OBJ) \
		$(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(FAULT_SO): $(BUILD)/tests/%.so: tests/fault/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call QUIET,CC)$(CC) -std=c11 $(WARN) -O2 -fPIC -shared \
	-o $@ $< -ldl -pthread

# What `make bench` measures.
BENCH := $(BUILD)/bench
PEER_OBJ := $(addprefix $(BUILD)/obj/tests/bench/,peer.o articles.o)
LUCENE = $(wildcard $(addprefix /usr/share/java/lucene-,core-8*.jar \
	analyzers-common-8*.jar))

$(BENCH)/morgue_query $(BENCH)/morgue_collect: \
		$(BENCH)/%: $(BUILD)/obj/tests/bench/%.o \
		$(BUILD)/obj/tests/bench/peer.o $(BUILD)/libmorgue.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(BENCH)/morgue_read $(BENCH)/morgue_expand: \
		$(BENCH)/%: $(BUILD)/obj/tests/bench/%.o \
		$(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) $(LIBS)

$(BENCH)/sqlite_peer: $(BUILD)/obj/tests/bench/sqlite_peer.o $(PEER_OBJ)
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) -lsqlite3 -lcjson

$(BENCH)/xapian_peer: $(BUILD)/obj/tests/bench/xapian_peer.o $(PEER_OBJ)
	@mkdir -p $(@D)
	$(call QUIET,LD)$(LINK) -lxapian -lcjson

$(BENCH)/lucene/LucenePeer.class: $(wildcard tests/bench/*.java)
	@mkdir -p $(@D)
	$(call QUIET,JAVA)javac -cp $(subst $(eval) ,:,$(LUCENE)) -d $(@D) $^

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

# ---- set-up and use ------------------------------------------------------

setup:
	@sh tests/setup.sh

demo: setup
	@$(MAKE) all
	@sh corpus/demo.sh $(BUILD)

test: setup
	@$(MAKE) all test-programs
	@sh tests/run $(BUILD) '$(SAN)'

# kill -9 at many random instants of updates: KILLS=N, SEED=N, ENGINES=...
KILLS ?= 200
.PHONY: kill-test
kill-test: setup
	@$(MAKE) all
	@KILLS=$(KILLS) sh tests/run $(BUILD) '$(SAN)' 95-kill

# Handles in many threads, under the thread sanitizer: COMMITS=N.
COMMITS ?= 200
.PHONY: thread-test
thread-test: setup
	@$(MAKE) SAN=thread $(addprefix build/san-thread/tests/,t_threads t_shared t_cursor)
	@COMMITS=$(COMMITS) build/san-thread/tests/t_threads
	@build/san-thread/tests/t_shared
	@build/san-thread/tests/t_cursor

.PHONY: test-programs
test-programs: $(UNIT) $(XC_TESTS) $(TOOLS) $(FAULT) \
	$(BUILD)/tests/differential $(BUILD)/tests/brute $(SEEDS) $(ROUNDS) \
	$(QUERY_ROUNDS) \
	$(if $(SAN),,$(FAULT_SO) $(GROWTH))

# Two engines against plain code, for as long as one likes.
.PHONY: differential
SECONDS = 600
differential: $(BUILD)/tests/differential $(BUILD)/generate
	@BUILD=$(BUILD) MORGUE_SHARED=$${MORGUE_SHARED:-../shared/corpora} \
	$< --seconds=$(SECONDS) --files=22 $(if $(SEED),--seed=$(SEED)) \
	$(if $(ENGINES),--engines=$(ENGINES))

# The query language against a plain reading of the texts, on both engines.
.PHONY: brute
brute: $(BUILD)/tests/brute $(BUILD)/generate
	@BUILD=$(BUILD) MORGUE_SHARED=$${MORGUE_SHARED:-../shared/corpora} \
	$< --seconds=$(SECONDS) $(if $(SEED),--seed=$(SEED))

# Random mail beside Python's email, and GMime where it is installed.
.PHONY: mail-differential
mail-differential: all
	@MAIL_SECONDS=$(SECONDS) MAIL_SEED=$(or $(SEED),1) \
	sh tests/run $(BUILD) '' 13-mail

# An archive with each of its bits wrong in turn; takes minutes.
.PHONY: damage
damage: $(BUILD)/tests/damage
	@$< --all $(if $(ENGINE),--engine=$(ENGINE))

# A reader of sources under libFuzzer, with the samples as seeds: FORMAT=...
# of `indexer formats`, SECONDS=600.  What it finds it leaves in build/fuzz.
.PHONY: fuzz fuzz-setup
# NULL + 0, of empty strings, is nothing that clang's check should find.
FUZZ_CFLAGS = -O1 -g -fsanitize=fuzzer-no-link -fno-sanitize=pointer-overflow
fuzz: all
	@test -d build/fuzz/seeds || sh tests/fuzz/seeds.sh $(BUILD)/indexer build/fuzz/seeds
	@$(MAKE) BUILD=build/fuzz CC=clang CXX=clang++ CFLAGS='$(FUZZ_CFLAGS)' \
	SAN=address,undefined build/fuzz/fuzz_source
	@mkdir -p build/fuzz/found/$(FORMAT)
	FORMAT=$(FORMAT) build/fuzz/fuzz_source -max_total_time=$(SECONDS) \
	-timeout=20 -rss_limit_mb=4000 -max_len=200000 -print_final_stats=1 \
	-artifact_prefix=build/fuzz/found/$(FORMAT)- build/fuzz/found/$(FORMAT) \
	build/fuzz/seeds/$(FORMAT)

build/fuzz/fuzz_source: build/fuzz/obj/tests/fuzz/source.o build/fuzz/libinside.a
	$(call QUIET,LD)$(LINK) -fsanitize=fuzzer $(LIBS)

build/fuzz/fuzz_archive: build/fuzz/obj/tests/fuzz/archive.o \
		build/fuzz/obj/tests/fuzz/wound.o \
		build/fuzz/obj/tests/fault/sample.o build/fuzz/libinside.a
	$(call QUIET,LD)$(LINK) -fsanitize=fuzzer $(LIBS)

build/fuzz/fuzz_query: build/fuzz/obj/tests/fuzz/query.o \
		build/fuzz/obj/tests/fault/sample.o build/fuzz/libinside.a
	$(call QUIET,LD)$(LINK) -fsanitize=fuzzer $(LIBS)

# Queries of any bytes under libFuzzer: SECONDS=600, DIALECT=... of --dialect,
# all by default; and without it by random pieces.
.PHONY: fuzz-query fuzz-query-rounds
FUZZ_QUERY_FOUND = build/fuzz/found/query$(if $(DIALECT),-$(DIALECT))
fuzz-query:
	@$(MAKE) BUILD=build/fuzz CC=clang CXX=clang++ CFLAGS='$(FUZZ_CFLAGS)' \
	SAN=address,undefined build/fuzz/fuzz_query
	@mkdir -p $(FUZZ_QUERY_FOUND) build/fuzz/seeds/query
	@awk '{ f = "build/fuzz/seeds/query/" NR; printf "%c%s", 1 + NR % 94, $$0 > f; close(f) }' \
	tests/fuzz/query.seeds
	$(if $(DIALECT),DIALECT=$(DIALECT) )build/fuzz/fuzz_query \
	-max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=4000 -max_len=600 \
	-dict=tests/fuzz/query.dict -print_final_stats=1 \
	-artifact_prefix=$(FUZZ_QUERY_FOUND)- $(FUZZ_QUERY_FOUND) build/fuzz/seeds/query

fuzz-query-rounds: $(QUERY_ROUNDS)
	@$(if $(DIALECT),DIALECT=$(DIALECT) )$< --seconds=$(SECONDS) $(if $(SEED),--seed=$(SEED))

# Archives with any damage, under libFuzzer, and without it by random bytes.
# Sound answers are kept, which would be looked at as leaks in each round.
.PHONY: fuzz-archive fuzz-rounds
fuzz-archive:
	@$(MAKE) BUILD=build/fuzz CC=clang CXX=clang++ CFLAGS='$(FUZZ_CFLAGS)' \
	SAN=address,undefined build/fuzz/fuzz_archive
	@mkdir -p build/fuzz/found/archive
	build/fuzz/fuzz_archive -max_total_time=$(SECONDS) -timeout=60 \
	-rss_limit_mb=4000 -max_len=400 -len_control=0 -print_final_stats=1 \
	-detect_leaks=0 -artifact_prefix=build/fuzz/found/archive- build/fuzz/found/archive

fuzz-rounds: $(ROUNDS)
	@$< --seconds=$(SECONDS) $(if $(SEED),--seed=$(SEED))

fuzz-setup: setup
	@for p in clang libclang-rt-14-dev; do sh tests/setup.sh $$p; done

lint:
	@sh tests/lint.sh $(BUILD)

# ARGS are those of tests/bench/bench.py, SIZES numbers of generated articles.
# A peer that cannot be built is left out, and named.
SIZES = 10000 100000 1000000
bench: all $(addprefix $(BENCH)/morgue_,query collect read)
	@$(MAKE) -k bench-peers >$(BENCH)/peers.log 2>&1 || true
	@python3 -B tests/bench/bench.py --build=$(BUILD) --sizes='$(SIZES)' $(ARGS)

# How long it takes to find the words that wildcards and edits stand for, in a
# dictionary of WORDS.
WORDS = 1200000
bench-patterns: all $(BENCH)/morgue_expand
	@$(BUILD)/generate --articles=5000 > $(BENCH)/teacher.jsonl
	@python3 -B tests/bench/vocabulary.py $(WORDS) $(BENCH)/teacher.jsonl > $(BENCH)/words.jsonl
	@rm -rf $(BENCH)/words
	@$(BUILD)/indexer update $(BENCH)/words $(BENCH)/words.jsonl
	@$(BENCH)/morgue_expand $(BENCH)/words

.PHONY: bench bench-patterns bench-peers bench-setup
bench-peers: $(addprefix $(BENCH)/,sqlite_peer xapian_peer \
	lucene/LucenePeer.class)

bench-setup: setup
	@for p in libcjson-dev libsqlite3-dev default-jdk-headless \
		liblucene8-java; do sh tests/setup.sh $$p; done

format:
	clang-format -i $$(git ls-files '*.c' '*.h' '*.cc')

# ---- installing ----------------------------------------------------------

MAN1 = indexer/cli/morgue-indexer.1 searcher/cli/morgue-searcher.1
MAN3 = common/morgue.3 common/xapian/xapian_c.3
MAN7 = searcher/cli/morgue-query.7
HEADERS = common/morgue.h common/xapian/xapian_c.h common/xapian/xapian_c_search.h
PC = $(BUILD)/morgue.pc $(BUILD)/xapian-c.pc

$(BUILD)/morgue.pc: common/morgue.pc.in
$(BUILD)/xapian-c.pc: common/xapian/xapian-c.pc.in
$(BUILD)/xapian-c.pc: private VERSION = $(XC_VERSION)
$(PC): | $(BUILD)/flags
	$(call QUIET,GEN)sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|' \
	-e 's|@INCLUDEDIR@|$(INCLUDEDIR)|; s|@VERSION@|$(VERSION)|' $< > $@

.PHONY: $(PC)

# So that programs find the libraries at once, where they were put into the
# system itself and not into a package.
LDCONFIG = ldconfig
REFRESH_LIBRARIES = if [ "$$(id -u)" = 0 ]; then $(LDCONFIG); fi

install: all $(PC)
	install -d $(addprefix $(DESTDIR),$(BINDIR) $(LIBDIR)/pkgconfig \
	$(INCLUDEDIR) $(MANDIR)/man1 $(MANDIR)/man3 $(MANDIR)/man7)
	install -m 755 $(BUILD)/indexer $(DESTDIR)$(BINDIR)/morgue-indexer
	install -m 755 $(BUILD)/searcher $(DESTDIR)$(BINDIR)/morgue-searcher
	install -m 644 $(filter %.a,$(LIBRARIES)) $(DESTDIR)$(LIBDIR)/
	install -m 755 $(BUILD)/$(SO).$(VERSION) $(DESTDIR)$(LIBDIR)/
	ln -sf $(SO).$(VERSION) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/$(SO)
	install -m 755 $(BUILD)/$(XC_SO).$(XC_VERSION) $(DESTDIR)$(LIBDIR)/
	ln -sf $(XC_SO).$(XC_VERSION) $(DESTDIR)$(LIBDIR)/$(XC_SONAME)
	ln -sf $(XC_SONAME) $(DESTDIR)$(LIBDIR)/$(XC_SO)
	install -m 644 $(PC) $(DESTDIR)$(LIBDIR)/pkgconfig/
	install -m 644 $(HEADERS) $(DESTDIR)$(INCLUDEDIR)/
	install -m 644 $(MAN1) $(DESTDIR)$(MANDIR)/man1/
	install -m 644 $(MAN3) $(DESTDIR)$(MANDIR)/man3/
	install -m 644 $(MAN7) $(DESTDIR)$(MANDIR)/man7/
	$(if $(DESTDIR),,$(REFRESH_LIBRARIES))

uninstall:
	rm -f $(addprefix $(DESTDIR)$(BINDIR)/,morgue-indexer morgue-searcher)
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,libmorgue.a $(SO) $(SONAME) \
	$(SO).$(VERSION) libxapian-c.a $(XC_SO) $(XC_SONAME) \
	$(XC_SO).$(XC_VERSION) $(addprefix pkgconfig/,$(notdir $(PC))))
	rm -f $(addprefix $(DESTDIR)$(INCLUDEDIR)/,$(notdir $(HEADERS)))
	rm -f $(addprefix $(DESTDIR)$(MANDIR)/man1/,$(notdir $(MAN1)))
	rm -f $(addprefix $(DESTDIR)$(MANDIR)/man3/,$(notdir $(MAN3)))
	rm -f $(addprefix $(DESTDIR)$(MANDIR)/man7/,$(notdir $(MAN7)))
	$(if $(DESTDIR),,$(REFRESH_LIBRARIES))

clean:
	rm -rf build

help:
	@echo 'all        the programs and the libraries, in build/'
	@echo 'demo       set up, build, index corpus/ and search it'
	@echo 'test       set up, build and run every test'
	@echo 'kill-test  kill -9 at KILLS=200 instants of updates'
	@echo 'thread-test  one handle in many threads: COMMITS=200'
	@echo 'setup      install the Debian packages that are missing'
	@echo 'differential  the engines against plain code: SECONDS=600 SEED=...'
	@echo 'brute      the query language against plain code: SECONDS=600 SEED=...'
	@echo 'damage     an archive with each bit wrong in turn; takes minutes'
	@echo 'fuzz       a reader under libFuzzer: FORMAT=nitf SECONDS=600'
	@echo 'fuzz-query  queries under libFuzzer: DIALECT=nexis SECONDS=600'
	@echo 'fuzz-query-rounds  the same by random pieces: SECONDS=600 SEED=...'
	@echo 'fuzz-archive  damaged archives under libFuzzer: SECONDS=600'
	@echo 'fuzz-rounds   the same by random bytes: SECONDS=600 SEED=...'
	@echo 'lint       rules of the source tree'
	@echo 'bench      measure, beside other engines; bench-setup installs those'
	@echo 'bench-patterns  measure wildcards and edits: WORDS=1200000'
	@echo 'format     clang-format all sources'
	@echo 'install    under DESTDIR and PREFIX; uninstall takes it away'
	@echo 'clean      remove build/'
	@echo 'SAN=address,undefined, V=1, CFLAGS=..., PREFIX=..., DESTDIR=...'
