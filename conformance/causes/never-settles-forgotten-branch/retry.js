export async function withRetry(work, times = 3) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === times) {
        throw error;
      }
    }
  }
}
