# shellcheck shell=bash
# shellcheck disable=SC2034 # what is set here is used by those that source it
# What the scripts beside this file share. POLL_SECONDS is how often they look, in seconds (2).

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
# shellcheck source=SCRIPTDIR/../../docker/images.sh
source docker/images.sh

me="$(basename "$0")"
overlay="${OVERLAY:-minikube}"
profile="${MINIKUBE_PROFILE:-fieldmark}"
namespace=fieldmark
images=(fieldmark-ingestion fieldmark-inference)
patience="${WAIT_SECONDS:-300}"

# fail EXIT_CODE SENTENCE [WHAT_TO_DO...]
fail() {
  local code="$1"
  shift
  echo "$me: $1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit "$code"
}

how_to_get() {
  case "$1" in
    minikube) echo "https://minikube.sigs.k8s.io/docs/start, or: brew install minikube" ;;
    kubectl) echo "https://kubernetes.io/docs/tasks/tools, or: brew install kubernetes-cli" ;;
    helm) echo "https://helm.sh/docs/intro/install, or: brew install helm" ;;
    curl) echo "apt-get install curl" ;;
    engine) echo "https://docs.docker.com/engine/install, or on Debian and Ubuntu: apt-get install podman" ;;
  esac
}

# Of engines any will do.
here() {
  case "$1" in
    engine) works docker || works podman || works buildah ;;
    *) works "$1" ;;
  esac
}

# Tells all that is missing at once, and how to get it.
need() {
  local tool name missing=()
  for tool in "$@"; do
    name="$tool"
    [ "$tool" != engine ] || name="docker with its daemon running, or podman, or buildah"
    here "$tool" || missing+=("$name: $(how_to_get "$tool")")
  done
  [ ${#missing[@]} -eq 0 ] || fail 69 "this is missing here:" "${missing[@]}"
}

need_overlay() {
  [ -f "k8s/overlays/$overlay/kustomization.yaml" ] \
    || fail 64 "there is no overlay '$overlay'." "OVERLAY is one of: $(cd k8s/overlays && echo *)"
}

# Sets $context: the one that CONTEXT names, otherwise the current one, which has to be minikube's where
# the overlay is made for it.
need_context() {
  local node
  context="${CONTEXT:-$(kubectl config current-context 2> /dev/null || true)}"
  [ -n "$context" ] || fail 69 "kubectl knows no cluster." \
    "Start one (make minikube), or choose one: kubectl config use-context NAME"
  kube get --raw /readyz --request-timeout=20s > /dev/null 2>&1 \
    || fail 69 "the cluster of context '$context' does not answer." \
      "Is it running (minikube -p $profile status)? Or choose another: kubectl config use-context NAME"
  [ -z "${CONTEXT:-}" ] || return 0
  case "$overlay" in
    minikube*)
      node="$(kube get nodes --selector minikube.k8s.io/name --output name)"
      [ -n "$node" ] || fail 65 "the current context '$context' is no minikube, and overlay '$overlay' is for one." \
        "To choose minikube: kubectl config use-context $profile" \
        "For another cluster: OVERLAY=production make $me" \
        "If you mean this one all the same: CONTEXT=$context make $me"
      ;;
  esac
}

kube() {
  kubectl --context "$context" "$@"
}

# Whether the cluster knows an API group.
knows() {
  [ -n "$(kube api-resources --api-group "$1" --output name 2> /dev/null || true)" ]
}

# documents_without PATTERN: of the YAML documents that come in, those that have no such line.
documents_without() {
  awk -v pattern="$1" '
    function flush() { if (!left) printf "%s", document; document = ""; left = 0 }
    $0 == "---" { flush() }
    $0 ~ pattern { left = 1 }
    { document = document $0 "\n" }
    END { flush() }'
}

# progress SECONDS MESSAGE COMMAND...: runs it at most so long; what it writes is shown if it fails.
progress() {
  local seconds="$1" message="$2" log pid started=$SECONDS status=0
  shift 2
  log="$(mktemp)"
  printf '%s ' "$message"
  "$@" > "$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2> /dev/null; do
    if [ $((SECONDS - started)) -ge "$seconds" ]; then
      kill "$pid" 2> /dev/null || true
      echo "$me: not done after $seconds seconds" >> "$log"
      break
    fi
    printf .
    sleep "${POLL_SECONDS:-2}"
  done
  wait "$pid" || status=$?
  if [ "$status" -eq 0 ]; then
    echo " done"
  else
    echo " failed"
    cat "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

# What is seen of a namespace when something in it did not come up.
diagnose() {
  local pod
  echo "--- pods of namespace $1" >&2
  kube --namespace "$1" get pods --output wide >&2 || true
  echo "--- last warnings" >&2
  kube --namespace "$1" get events --field-selector type=Warning --sort-by .lastTimestamp 2>&1 | tail -n 15 >&2 || true
  for pod in $(kube --namespace "$1" get pods --field-selector status.phase!=Succeeded --output \
    'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[*].ready}{"\n"}{end}' | awk '!/ true/ || /false/ { print $1 }'); do
    echo "--- log of $pod" >&2
    kube --namespace "$1" logs "$pod" --all-containers --tail 20 >&2 || true
    kube --namespace "$1" logs "$pod" --all-containers --tail 20 --previous >&2 2> /dev/null || true
  done
}
