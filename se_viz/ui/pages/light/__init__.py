"""When does adapting matter?"""
