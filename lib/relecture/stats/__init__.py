"""How it is computed: frames of answers to estimates, as the studies' methods say; reads and draws nothing."""
