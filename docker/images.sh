# shellcheck shell=bash
# shellcheck disable=SC2034 # what is set here is used by those that source it
# What the scripts share that build images or hand them on. To be sourced in the project's folder.

# Fieldmark's, which images are tagged with.
version="$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)"

# Whether docker, podman, buildah or another program can be used here.
works() {
  case "$1" in
    docker) command -v docker > /dev/null && docker info > /dev/null 2>&1 ;;
    *) command -v "$1" > /dev/null ;;
  esac
}
