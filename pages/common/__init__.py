"""What Streamlit needs and every screen shares: state, words, cached calls, jobs, drawing."""
