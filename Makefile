# Fieldmark: everything a person types. `make help` explains.
.DEFAULT_GOAL := help
SHELL := /bin/bash
MVN ?= mvn
MAVEN := $(MVN) -B -ntp
FIELDMARK := target/fieldmark/bin/fieldmark
COMPOSE ?= docker compose

.PHONY: help run run-clustered test build bench chaos image up down sbom class-list alerts dashboards broker format clean tools
.PHONY: minikube load apply monitoring open undeploy smoke archive

help: ## Explains the targets
	@echo "Fieldmark tells which animal is in a photo."
	@awk -F ':.*## ' '/^## /{print "\n" substr($$0, 4)} /^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Needs a JDK 21 or newer, Maven 3.8 or newer and GNU make; images need docker, podman or buildah as well,"
	@echo "Kubernetes needs kubectl, helm and, for make minikube, minikube."

tools:
	@command -v $(MVN) >/dev/null || { echo "make: Maven is missing. Install Maven 3.8 or newer (Debian: apt-get install maven)." >&2; exit 69; }
	@src/main/bin/fieldmark --find-java >/dev/null

## On this machine
run: build ## Builds and serves page and API on http://localhost:8080 (Ctrl-C stops)
	@$(FIELDMARK) serve

run-clustered: build $(if $(KAFKA_BOOTSTRAP_SERVERS),,broker) ## Ingestion, workers and a Kafka broker on this machine; WORKERS=2 INGESTION=1
	@src/test/cluster/run --ingestion $(or $(INGESTION),1) --workers $(or $(WORKERS),2)

build: tools ## Builds target/fieldmark, without tests
	@echo "Building (the first time, Maven downloads what is needed)"
	@$(MAVEN) -q package -DskipTests

test: tools broker ## Runs all tests
	@$(MAVEN) verify $(if $(SBOM),-P bill-of-materials)

bench: build broker ## Measures speed; standalone and with Kafka; QUICK=1 in two minutes
	@src/test/bench/run $(if $(QUICK),--quick)

chaos: build broker ## Breaks a cluster at random under load and counts; MINUTES=10 SEED=n
	@src/test/chaos/run

## In containers
image: ## Builds the images of both roles and of the whole service; docker/build --help
	@docker/build $(TARGETS)

up: compose image ## Everything in containers, with Kafka, Prometheus, Alertmanager, mail and Grafana
	@$(COMPOSE) -f docker/compose.yaml up --detach --wait
	@sed -n 's/^#   \(.*\)/  \1/p' docker/compose.yaml

down: compose ## Ends what make up started, and deletes its data
	@$(COMPOSE) -f docker/compose.yaml down --volumes

.PHONY: compose
compose:
	@$(COMPOSE) version >/dev/null 2>&1 || { echo "make: '$(COMPOSE)' does not work here. Install Docker Compose 2.24 or newer, or set COMPOSE, such as COMPOSE='podman compose'." >&2; exit 69; }

## On Kubernetes
minikube: ## All from nothing on a minikube of its own, until a picture is answered
	@k8s/scripts/minikube

load: ## Copies the images into minikube
	@k8s/scripts/load

monitoring: ## Installs Prometheus, Alertmanager, Grafana and what autoscalers ask, with Helm
	@k8s/scripts/monitoring

apply: ## Applies an overlay and waits until it serves; OVERLAY=minikube
	@k8s/scripts/apply

open: ## Shows page, Grafana, Prometheus, Alertmanager and mail on this machine (Ctrl-C stops)
	@k8s/scripts/open

undeploy: ## Removes what make apply put there; more with UNDEPLOY='--all --purge'
	@k8s/scripts/undeploy $(UNDEPLOY)

## For whoever changes it
sbom: tools ## Writes target/fieldmark.cdx.json, the bill of materials (CycloneDX)
	@$(MAVEN) -q package -DskipTests -P bill-of-materials
	@echo target/fieldmark.cdx.json

archive: tools ## Writes target/fieldmark-VERSION-PLATFORM.tar.gz, to unpack and run elsewhere
	@$(MAVEN) -q package -DskipTests -P archive
	@ls target/fieldmark-*.tar.gz

class-list: build broker ## Writes the list of classes that images hold ready; after a change of libraries
	@docker/write-library-classes

alerts: ## Writes k8s/monitoring/prometheus-rule.yaml from alerts/fieldmark.rules.yml
	@alerts/write-prometheus-rule > k8s/monitoring/prometheus-rule.yaml

# A real Kafka broker, for what has to be tried with one.
broker: target/broker/lib

target/broker/lib: src/test/broker/pom.xml | tools
	@echo "Fetching the Kafka broker for tests (once)"
	@rm -rf $@ $@.new
	@$(MAVEN) -q -f $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$@.new
	@touch $@.new && mv $@.new $@

dashboards: ## Writes grafana-dashboards/ from its source in src/test/java
	@src/test/dashboards/run

smoke: ## Sends drawn animals to URL=..., compares the answers with the whole service's
	$(if $(URL),,$(error smoke: say where, such as URL=http://localhost:8080))
	@[ -x $(FIELDMARK) ] || $(MAKE) build
	@src/test/smoke/run $(URL) $(REFERENCE)

format: tools ## Formats the Java code
	@$(MAVEN) -q spotless:apply

clean: ## Deletes what was built
	@rm -rf target
