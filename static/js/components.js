/* Alpine components (CSP build: names in the markup, code here). */
document.addEventListener("alpine:init", () => {
  /* The running timer: <div x-data="timer" data-seconds="5068"><b x-text="text">. */
  Alpine.data("timer", () => ({
    seconds: 0, started: 0, tick: null, text: "",
    init() {
      this.seconds = Number(this.$el.dataset.seconds);
      this.started = Date.now();
      this.show();
      this.tick = setInterval(() => this.show(), 1000);
    },
    destroy() { clearInterval(this.tick); },
    show() {
      const now = this.seconds + Math.floor((Date.now() - this.started) / 1000); // a sleeping tab loses no second
      const two = (value) => String(value).padStart(2, "0");
      this.text = `${Math.floor(now / 3600)}:${two(Math.floor(now / 60) % 60)}:${two(now % 60)}`;
    },
  }));
  /* Something that opens and shuts: <div x-data="fold"><button x-on:click="toggle"><div x-show="open">. */
  Alpine.data("fold", () => ({ open: false, toggle() { this.open = !this.open; } }));
});
