"""What there is: columns and Mesa views of graduates, employers, stations, mentors."""
