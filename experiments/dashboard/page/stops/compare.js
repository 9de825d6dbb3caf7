/** To come. */
export function render() {}
