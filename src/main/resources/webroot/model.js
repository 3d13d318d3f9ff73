const ENDPOINT = "v1/models";

/** The model that answers now; null while none does, or when the service cannot be asked. */
export async function fetchModel() {
  try {
    const response = await fetch(ENDPOINT, { cache: "no-store" });
    return response.ok ? (await response.json()).models?.[0] ?? null : null;
  } catch {
    return null;
  }
}
