"""A small entailment model of our own: does a text bear a claim out, contradict it, or say too little?"""
