.PHONY: help run verify test fmt bench compare
help: ## these lines
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile
run: ## build what is missing and start on the embedded store
	./run
verify: ## the whole build with every test, as CI runs it
	./verify
test: ## the tests of one module and what it needs: make test m=jdbc
	./verify -pl $(m) -am
fmt: ## bring Java and web sources into their form
	. tools/jdk25.sh && mvn -q -B -ntp spotless:apply && cd web && npm run format
bench: ## the embedded store's figures on this machine
	benchmarks/run
compare: ## Handoff beside its peers on this machine, about an hour
	benchmarks/compare
