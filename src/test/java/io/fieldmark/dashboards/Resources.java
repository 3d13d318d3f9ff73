package io.fieldmark.dashboards;

import static io.fieldmark.dashboards.PanelKind.GRAPH;
import static io.fieldmark.dashboards.PanelKind.STAT;

/** What the processes use of their machines, and how far they are from their limits. */
final class Resources {
  private Resources() {}

  static Dashboard dashboard() {
    return new Dashboard(
            "resources",
            "Resources",
            "What the processes use of their machines, and how far they are from their limits.")
        .row("CPU", cpu(), throttling(), cost(), machine())
        .row("Memory", resident(), heap(), limit(), direct())
        .row("Garbage collection", pauses(), longest(), allocation())
        .row(
            "Threads, files, network",
            threads(),
            states(),
            files(),
            connections(),
            bytes(),
            uptime());
  }

  private static Panel cpu() {
    return Panel.of(GRAPH, "CPU", "none", "Cores that each process uses.")
        .query(
            "sum by (instance) (" + Promql.rate("process_cpu_time_ns_total{my}") + ") / 1e9",
            "{{instance}}")
        .fromZero()
        .wide(6);
  }

  private static Panel throttling() {
    return Panel.of(
            GRAPH,
            "Throttled",
            "percentunit",
            "Share of the scheduler's periods in which a pod had used up its CPU limit.")
        .query(
            "sum by (pod) (%s) / sum by (pod) (%s)"
                .formatted(
                    Promql.rate(
                        "container_cpu_cfs_throttled_periods_total{pod, container='fieldmark'}"),
                    Promql.rate("container_cpu_cfs_periods_total{pod, container='fieldmark'}")),
            "{{pod}}")
        .between(0, 1)
        .above(0.1, 0.25)
        .wide(6);
  }

  private static Panel cost() {
    return Panel.of(
            GRAPH,
            "CPU time for each request",
            "ms",
            "Of all processes together, for each request that is over: the steadiest figure of"
                + " cost.")
        .query(
            "sum(%s) / 1e6 / sum(%s)"
                .formatted(
                    Promql.rate("process_cpu_time_ns_total{my}"),
                    Promql.rate("fieldmark_requests_total{my}")),
            "each request")
        .fromZero()
        .wide(6);
  }

  private static Panel machine() {
    return Panel.of(
            GRAPH,
            "The whole machine",
            "percentunit",
            "CPU of the machine or container that each process sees, all programs together.")
        .query("max by (instance) (system_cpu_usage{my})", "{{instance}}")
        .query("max(system_load_average_1m{my} / system_cpu_count{my})", "load for each core")
        .fromZero()
        .wide(6);
  }

  private static Panel resident() {
    return Panel.of(
            GRAPH,
            "Resident memory",
            "bytes",
            "Heap, native libraries and the network's weights together: what the limit counts.")
        .query("max by (instance) (process_resident_memory_bytes{my})", "{{instance}}")
        .fromZero()
        .wide(6)
        .runbook(Runbook.MEMORY);
  }

  private static Panel heap() {
    return Panel.of(
            GRAPH,
            "Heap",
            "bytes",
            "Used, live after the last collection of the old part, and the maximum; the fullest"
                + " process.")
        .query("max(sum by (instance) (jvm_memory_used_bytes{my, area='heap'}))", "used")
        .query("max(jvm_gc_live_data_size_bytes{my})", "live")
        .query("max(sum by (instance) (jvm_memory_max_bytes{my, area='heap'}))", "maximum")
        .fromZero()
        .wide(6)
        .runbook(Runbook.HEAP);
  }

  private static Panel limit() {
    return Panel.of(
            GRAPH,
            "Memory of the pod against its limit",
            "percentunit",
            "At 1 the kernel ends the process.")
        .query(
            "max by (pod) (container_memory_working_set_bytes{pod, container='fieldmark'})"
                + " / max by (pod) (kube_pod_container_resource_limits{pod, container='fieldmark',"
                + " resource='memory'})",
            "{{pod}}")
        .between(0, 1)
        .above(0.8, 0.9)
        .wide(6)
        .runbook(Runbook.MEMORY);
  }

  private static Panel direct() {
    return Panel.of(
            GRAPH,
            "Memory outside the heap",
            "bytes",
            "Of the JVM's making; not that of native code.")
        .query("sum by (id) (jvm_buffer_memory_used_bytes{my, id='direct'})", "{{id}} buffers")
        .query("sum by (id) (jvm_memory_used_bytes{my, area='nonheap'})", "{{id}}")
        .stacked()
        .fromZero()
        .wide(6);
  }

  private static Panel pauses() {
    return Panel.of(
            GRAPH,
            "Time in pauses",
            "percentunit",
            "Share of the time that the collector stops a process.")
        .query(Promql.rateBy("instance", "jvm_gc_pause_seconds_sum{my}"), "{{instance}}")
        .fromZero()
        .above(0.05, 0.1);
  }

  private static Panel longest() {
    return Panel.of(GRAPH, "Longest pause", "s", "In the last minutes, by what was collected.")
        .query("max by (action) (jvm_gc_pause_seconds_max{my})", "{{action}}")
        .fromZero()
        .above(0.2, 1);
  }

  private static Panel allocation() {
    return Panel.of(GRAPH, "Allocated", "Bps", "What each process asks of its heap.")
        .query(Promql.rateBy("instance", "jvm_gc_memory_allocated_bytes_total{my}"), "{{instance}}")
        .fromZero();
  }

  private static Panel threads() {
    return Panel.of(GRAPH, "Threads", "none", "Steady once a process serves; growth is a leak.")
        .query("max by (instance) (jvm_threads_live_threads{my})", "{{instance}}")
        .fromZero();
  }

  private static Panel states() {
    return Panel.of(GRAPH, "Threads by state", "none", "Blocked ones wait for each other's locks.")
        .query("sum by (state) (jvm_threads_states_threads{my})", "{{state}}")
        .stacked()
        .fromZero();
  }

  private static Panel files() {
    return Panel.of(
            GRAPH,
            "Open files",
            "percentunit",
            "Of those that a process may have; connections count.")
        .query(
            "max by (instance) (process_files_open_files{my} / process_files_max_files{my})",
            "{{instance}}")
        .between(0, 1)
        .above(0.7, 0.9);
  }

  private static Panel connections() {
    return Panel.of(GRAPH, "HTTP connections", "none", "Open ones, of the API and of scrapes.")
        .query("sum by (instance) (vertx_http_server_active_connections{my})", "{{instance}}")
        .fromZero();
  }

  private static Panel bytes() {
    return Panel.of(GRAPH, "HTTP traffic", "Bps", "Bodies of requests and answers.")
        .query("sum(" + Promql.rate("vertx_http_server_bytes_read_total{my}") + ")", "read")
        .query("sum(" + Promql.rate("vertx_http_server_bytes_written_total{my}") + ")", "written")
        .fromZero();
  }

  private static Panel uptime() {
    return Panel.of(
            STAT, "Up for", "s", "The youngest process: small again and again, it restarts.")
        .query("min(process_uptime_seconds{my})", "youngest")
        .wide(8);
  }
}
