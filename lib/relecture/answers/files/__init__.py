"""Files of answers: read, recognised, decoded, validated."""
